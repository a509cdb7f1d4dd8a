import type { Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { suggestFix } from './suggest.ts'

type WrittenTenant = HookswitchConfig['tenants'][number]
type WrittenLink = WrittenTenant['links'][number]

/** Groups and people of a link that do not exist, and a cover that the directory cannot tell. */
export function checkCover(tenant: WrittenTenant, link: WrittenLink, at: Path): readonly SchemaProblem[] {
  const { people } = tenant
  if (!Array.isArray(people)) {
    const keys = (['groups', 'optedInOnly'] as const).filter((key) =>
      key === 'groups' ? link.groups.length > 0 : link.optedInOnly,
    )
    return keys.map((key) => ({
      path: [...at, key],
      message: 'cannot be told for people from the directory',
      fix: 'Name the people of this link in `people`, or list everyone in the configuration.',
    }))
  }
  const groups = new Set(people.flatMap((person) => person?.groups ?? []))
  const upns = new Map(people.map((person) => [String(person?.upn).toLowerCase(), String(person?.upn)]))
  return [
    ...link.groups.flatMap((group, index) =>
      groups.has(group)
        ? []
        : [
            {
              path: [...at, 'groups', index],
              message: 'is a group that nobody belongs to',
              fix: suggestFix(group, groups),
            },
          ],
    ),
    ...link.people.flatMap((upn, index) =>
      upns.has(upn.toLowerCase())
        ? []
        : [
            {
              path: [...at, 'people', index],
              message: 'is not the UPN of a person of this tenant',
              fix: suggestFix(upn, upns.values()),
            },
          ],
    ),
  ]
}
