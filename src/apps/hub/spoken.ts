import type { Store } from '../../core/ports.ts'
import type { Actor } from '../../engine/actor.ts'
import type { Engine } from '../../engine/engine.ts'
import { apiId } from './systems.ts'

/** Gives a person the address of external signals; false when they had it. */
export function addSpokenAddress(engine: Engine, actor: Actor): boolean {
  const { id } = actor.presentity
  return engine.people.addAddress(actor, { connector: apiId, address: id, line: `${apiId}\n${id}`, rank: 0 })
}

/** External systems said something of these people before this process began, and it has not run out for certain. */
export async function recallSpoken(engine: Engine, store: Store, tenant: string): Promise<void> {
  for (const id of (await store.memory(tenant, apiId)).keys()) {
    const actor = engine.people.get(tenant, id)
    if (actor) addSpokenAddress(engine, actor)
  }
}
