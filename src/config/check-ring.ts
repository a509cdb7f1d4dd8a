import { listConnectorIds } from './check-people.ts'
import { upnPattern } from './person-schema.ts'
import type { Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import type { Sound } from './soundness.ts'
import { suggestFix } from './suggest.ts'

/** Softphones that obey no connector of the tenant, and callers of people who are none. */
export function checkRing(
  tenant: HookswitchConfig['tenants'][number],
  base: Path,
  sound: Sound,
): readonly SchemaProblem[] {
  const at = [...base, 'ring']
  if (!sound(at) || tenant.ring === undefined) return []
  const known = listConnectorIds(tenant)
  const softphones = (tenant.ring.softphones ?? []).flatMap((id, index) =>
    known.includes(id)
      ? []
      : [
          {
            path: [...at, 'softphones', index],
            message: 'is not the id of a connector of this tenant',
            fix: suggestFix(id, known),
          },
        ],
  )
  const strangers = Object.keys(tenant.ring.breakthrough.people).flatMap((upn) =>
    new RegExp(upnPattern).test(upn)
      ? []
      : [
          {
            path: [...at, 'breakthrough', 'people', upn],
            message: 'is not a user principal name',
            fix: 'Write it as name@domain, as under people.',
          },
        ],
  )
  return [...softphones, ...strangers]
}
