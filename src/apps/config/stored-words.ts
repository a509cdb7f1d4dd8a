import { readChild } from '../../config/problem.ts'
import type { FreshSecret } from '../../config/seal-document.ts'
import type { ConfigRefused, ConfigWish } from '../../core/config-port.ts'

export function inWords(problems: NonNullable<ConfigRefused['problems']>): string {
  return problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
}

/** The sentence of the document's editor: what is not there is the same everywhere. */
export function noTenant(id: string): ConfigRefused {
  return { refused: 'missing', detail: `There is no tenant "${id}".` }
}

export function listTenants(root: unknown): readonly unknown[] {
  const tenants = readChild(root, 'tenants')
  return Array.isArray(tenants) ? tenants : []
}

export function noVersion(version: number): ConfigRefused {
  return { refused: 'missing', detail: `There is no version ${version}.` }
}

export function backTo(version: number, wish: ConfigWish): ConfigWish {
  return { ...wish, comment: `Back to version ${version}${wish.comment === '' ? '' : `: ${wish.comment}`}` }
}

export const nothing = { added: [], changed: [], removed: [], afterRestart: [] } as const

export function findFresh(
  fresh: readonly FreshSecret[],
  place: { readonly tenant: string; readonly name: string },
) {
  return fresh.find(({ tenant, name }) => tenant === place.tenant && name === place.name)?.value
}

export function refuse(problems: NonNullable<ConfigRefused['problems']>): ConfigRefused {
  const count = problems.length === 1 ? 'One thing is' : `${problems.length} things are`
  return { refused: 'problems', detail: `${count} wrong in this configuration.`, problems }
}
