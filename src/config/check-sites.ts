import { type ConnectorTypes, findType } from './connector-types.ts'
import type { Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'

/** Only what dials a phone system can run beside it: nobody reaches a site from outside, and no person signs in there. */
export function checkSites(
  tenant: HookswitchConfig['tenants'][number],
  base: Path,
  { types, sound }: { readonly types: ConnectorTypes; readonly sound: Sound },
): readonly SchemaProblem[] {
  return soundItems(tenant.connectors, [...base, 'connectors'], sound).flatMap(([index, connector]) => {
    const manifest = findType(types, connector.type)?.manifest
    if (connector.site === undefined && connector.siteHoldMinutes !== undefined) {
      const path = [...base, 'connectors', index, 'siteHoldMinutes']
      const message = 'has a meaning at a site only, and this connector runs at the hub'
      return [{ path, message, fix: 'Remove it, or name the site with "site".' }]
    }
    if (connector.site === undefined || !manifest) return []
    const why = whyNot(manifest)
    if (why === undefined) return []
    const path = [...base, 'connectors', index, 'site']
    return [{ path, message: why, fix: 'Remove it: this connector runs at the hub.' }]
  })
}

type Manifest = NonNullable<NonNullable<ReturnType<typeof findType>>['manifest']>

function whyNot({ title, kind, transport, comesToHub }: Manifest): string | undefined {
  if (kind !== 'pbx' && kind !== 'queue') return `is for phone systems only, and ${title} is none`
  if (comesToHub || transport === 'webhook') {
    return `is not possible for ${title}: it delivers to the hub by itself, and nobody delivers to a site`
  }
  return undefined
}
