import type { Store } from '../../core/ports.ts'
import type { Assignment, TakenBack } from '../../sites/wire.ts'
import type { SiteSeal } from './place.ts'

/** Scope of the settings of connectors. */
export const assignments = 'site/connectors'
/** Under which name one is sealed. */
export const sealedAssignment = (connector: string) => `connector ${connector}`
const released = 'site/released'

/** How to reach each phone system, sealed: with the hub away, what was written there can be taken back all the same. */
export async function keepAssignment(
  { store, seal, tenant }: { readonly store: Store; readonly seal: SiteSeal; readonly tenant: string },
  connector: string,
  assignment: Assignment,
): Promise<void> {
  const body = seal.seal(JSON.stringify(assignment), sealedAssignment(connector))
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
    [...rows].map(([id, body]) => [id, JSON.parse(seal.unseal(body, sealedAssignment(id))) as Assignment]),
  )
}

/** An address where what was written is no longer there; `ranOut`: the site took it back by itself. */
export interface TakenPlace {
  readonly connector: string
  readonly address: string
  readonly ranOut?: true
}

/** These were taken back with the hub away; it is told when it is there again. */
export async function noteTakenBack(
  store: Store,
  tenant: string,
  places: readonly TakenPlace[],
): Promise<void> {
  const changes = places.map(({ connector, address, ranOut }) => {
    const body = JSON.stringify({ connector, address, ...(ranOut && { ranOut }) })
    return { put: 'memory', tenant, scope: released, key: `${connector}/${address}`, body } as const
  })
  if (changes.length > 0) await store.commit(changes, 'full')
}

/** What the hub is to be told of a connector, and how it is forgotten here once the hub has taken it. */
export async function readTakenBack(
  store: Store,
  tenant: string,
  connector: string,
): Promise<{ readonly taken: TakenBack; readonly forget: () => Promise<void> }> {
  const rows = [...(await store.memory(tenant, released))].map(([key, body]) => ({
    ...{ key, place: JSON.parse(body) as TakenPlace },
  }))
  const own = rows.filter(({ place }) => place.connector === connector)
  const addresses = (isRanOut: boolean) =>
    own.filter(({ place }) => (place.ranOut ?? false) === isRanOut).map(({ place }) => place.address)
  return {
    taken: { released: addresses(false), ranOut: addresses(true) },
    forget: async () => {
      const changes = own.map(({ key }) => ({ delete: 'memory', tenant, scope: released, key }) as const)
      if (changes.length > 0) await store.commit(changes, 'full')
    },
  }
}
