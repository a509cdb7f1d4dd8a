import type { Store } from '../../core/ports.ts'
import type { Assignment } from '../../sites/wire.ts'
import type { SiteSeal } from './place.ts'

const assignments = 'site/connectors'
const released = 'site/released'

/** How to reach each phone system, sealed: with the hub away, what was written there can be taken back all the same. */
export async function keepAssignment(
  { store, seal, tenant }: { readonly store: Store; readonly seal: SiteSeal; readonly tenant: string },
  connector: string,
  assignment: Assignment,
): Promise<void> {
  const body = seal.seal(JSON.stringify(assignment), `connector ${connector}`)
  await store.commit([{ put: 'memory', tenant, scope: assignments, key: connector, body }], 'full')
}

/** By id of the connector. @throws SealFailure */
export async function readAssignments(
  store: Store,
  tenant: string,
  seal: SiteSeal,
): Promise<ReadonlyMap<string, Assignment>> {
  const rows = await store.memory(tenant, assignments)
  return new Map(
    [...rows].map(([id, body]) => [id, JSON.parse(seal.unseal(body, `connector ${id}`)) as Assignment]),
  )
}

/** Somebody took these back with the hub away; it is told when it is there again. */
export async function noteReleased(
  store: Store,
  tenant: string,
  places: readonly { readonly connector: string; readonly address: string }[],
): Promise<void> {
  const changes = places.map(({ connector, address }) => {
    const body = JSON.stringify({ connector, address })
    return { put: 'memory', tenant, scope: released, key: `${connector}/${address}`, body } as const
  })
  if (changes.length > 0) await store.commit(changes, 'full')
}

/** What the hub is to be told of a connector; it is forgotten here then. */
export async function takeReleased(store: Store, tenant: string, connector: string): Promise<string[]> {
  const rows = [...(await store.memory(tenant, released))].map(([key, body]) => ({
    ...{ key, place: JSON.parse(body) as { readonly connector: string; readonly address: string } },
  }))
  const own = rows.filter(({ place }) => place.connector === connector)
  if (own.length === 0) return []
  await store.commit(
    own.map(({ key }) => ({ delete: 'memory', tenant, scope: released, key }) as const),
    'full',
  )
  return own.map(({ place }) => place.address)
}
