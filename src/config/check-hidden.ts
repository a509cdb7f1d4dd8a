import type { Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'
import { suggestFix } from './suggest.ts'

type Tenant = HookswitchConfig['tenants'][number]

interface Place {
  readonly base: Path
  readonly sound: Sound
  /** Viewers that tokens have. */
  readonly viewers: readonly string[]
}

/** A rule that hides nobody, or from nobody, protects nobody: whoever wrote it believes otherwise. */
export function checkHidden(tenant: Tenant, { base, sound, viewers }: Place): readonly SchemaProblem[] {
  const people = Array.isArray(tenant.people) ? tenant.people : undefined
  const upns = people?.map((person) => String(person?.upn).toLowerCase())
  const groups = people?.flatMap((person) => person?.groups ?? [])
  return soundItems(tenant.hidden, [...base, 'hidden'], sound).flatMap(([index, rule]) => {
    const at = [...base, 'hidden', index]
    const unknown = (place: 'people' | 'groups' | 'viewers', known: readonly string[] | undefined) =>
      rule[place].flatMap((word, position) => {
        if (!known || known.includes(place === 'people' ? word.toLowerCase() : word)) return []
        const message = place === 'viewers' ? 'is the viewer of no API token' : 'is not known in this tenant'
        return [{ path: [...at, place, position], message, fix: suggestFix(word, known) }]
      })
    const nobody = {
      path: at,
      message: 'hides nobody',
      fix: 'Name people or groups, or take the rule out.',
    }
    const untold = {
      path: [...at, 'groups'],
      message: 'cannot be told for people from the directory',
      fix: 'Name people by UPN.',
    }
    return [
      ...(rule.people.length + rule.groups.length === 0 ? [nobody] : []),
      ...(people === undefined && rule.groups.length > 0 ? [untold] : []),
      ...unknown('people', upns),
      ...unknown('groups', groups),
      ...unknown('viewers', viewers),
    ]
  })
}
