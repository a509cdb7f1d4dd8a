import type { HubStore } from '../../../src/core/hub-store.ts'
import type { StoreChange } from '../../../src/core/ports.ts'

/** Texts that a store could spoil. */
export const texts = [
  '',
  'a',
  'A',
  'ä',
  'a ',
  '日本 😀',
  `'";\\{}`,
  '\r\n\t\u0001',
  'NULL',
  'x'.repeat(300_000),
]

/** Rows of every kind, with such texts, for the tenant `t`. */
export function rowsOfEverything(): StoreChange[] {
  return texts.flatMap((text, at): StoreChange[] => {
    const key = `${text.slice(0, 30)}${at % 3}`
    const common = { tenant: 't', presentity: key }
    const entry = { ...common, id: key, connector: text, address: '1001', slot: 'dnd', open: at % 2 === 0 }
    return [
      { put: 'presentity', tenant: 't', id: key, body: text },
      { put: 'ledger', entry: { ...entry, updatedAt: 1_795_000_000_123 + at, body: text } },
      { put: 'memory', tenant: 't', scope: key, key: text.slice(0, 30), body: text },
      { put: 'history', row: { ...common, at, policyVersion: 1, body: text } },
      {
        put: 'policyVersion',
        row: { tenant: 't', version: at + 1, at, author: key, comment: text, body: '{}' },
      },
      {
        put: 'audit',
        row: { id: key, tenant: 't', at, who: text, what: 'release', about: '*', detail: text },
      },
    ]
  })
}

/** Everything that a store answers for the tenant `t`; closes it. */
export async function readAll(store: HubStore) {
  const limit = 10_000
  const people = await Array.fromAsync(store.presentities())
  const ids = people.filter(({ tenant }) => tenant === 't').map(({ id }) => id)
  const all = {
    people,
    open: await Array.fromAsync(store.openLedger()),
    closed: await Promise.all(ids.map((id) => store.ledgerOf('t', id, limit))),
    history: await Promise.all(
      ids.map((presentity) => store.historyOf({ tenant: 't', presentity, from: -1, to: 99, limit })),
    ),
    memory: await store.memoryWith('t', ''),
    versions: await store.policyVersions('t'),
    audit: await store.audit({ tenant: 't', limit }),
  }
  await store.close()
  return all
}
