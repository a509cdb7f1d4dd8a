import type { SchemaProblem } from './schema-error.ts'
import type { Sound } from './soundness.ts'
import type { StoreConfig } from './store-schema.ts'

/** A database wants an address, and only a database has one. */
export function checkStore({ kind, url, apiRole }: StoreConfig, sound: Sound): readonly SchemaProblem[] {
  if (!sound(['store'])) return []
  if (kind === 'postgresql' && url === undefined)
    return [
      {
        path: ['store'],
        message: 'has no address of the database',
        fix: 'Add store.url: postgresql://ACCOUNT:PASSWORD@HOST:5432/DATABASE; best as a reference to an environment variable or a file.',
      },
    ]
  if (kind === 'sqlite' && url !== undefined)
    return [
      {
        path: ['store', 'url'],
        message: 'is the address of a database, and the store is none',
        fix: 'Set store.kind to postgresql, or take the address out.',
      },
    ]
  if (kind === 'sqlite' && apiRole !== undefined)
    return [
      {
        path: ['store', 'apiRole'],
        message: 'is a role of a database server, and the store is a file',
        fix: 'Set store.kind to postgresql, or take the role out.',
      },
    ]
  return []
}
