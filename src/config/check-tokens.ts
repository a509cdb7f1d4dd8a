import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'
import { suggestFix } from './suggest.ts'

/** A token of a tenant that does not exist reaches nothing: whoever wrote it meant another. */
export function checkTokenTenants(config: HookswitchConfig, sound: Sound): readonly SchemaProblem[] {
  const base = ['http', 'tokens']
  const known = Array.isArray(config.tenants) ? config.tenants.map((tenant) => String(tenant?.id)) : []
  return soundItems(config.http?.tokens, base, sound).flatMap(([index, token]) =>
    (token.tenants ?? []).flatMap((tenant, position) => {
      if (known.includes(tenant)) return []
      const path = [...base, index, 'tenants', position]
      return [{ path, message: 'is not the id of a tenant', fix: suggestFix(tenant, known) }]
    }),
  )
}
