import type { Store } from './ports.ts'

/** Another hub changed something since this one last looked; what was to be written was not. */
export class Overtaken extends Error {
  constructor() {
    super('another hub changed this at the same moment; ask again')
    this.name = 'Overtaken'
  }
}

/** Rows of the store's memory that belong to the whole installation: every hub has them in its own memory, and any may change them. */
export interface SharedRows {
  memory: Store['memory']
  /** Within `turn` alone. Rejects with Overtaken: the newest rows were read again, and nothing was written. */
  commit: Store['commit']
  /** What no other hub needs to know soon; at any time. */
  jot: Store['commit']
  /** One act after another, each on the newest rows, and once more where another hub was quicker. An act within an act is a part of it. */
  turn<Answer>(act: () => Promise<Answer>): Promise<Answer>
  /** `read` reads everything anew, after another hub has changed something. */
  watch(read: () => Promise<void>): void
}

/** Of a hub that is alone: nobody else changes anything. */
export function soleRows(store: Pick<Store, 'commit' | 'memory'>): SharedRows {
  return {
    memory: (tenant, scope) => store.memory(tenant, scope),
    commit: (changes, durability) => store.commit(changes, durability),
    jot: (changes, durability) => store.commit(changes, durability),
    turn: (act) => act(),
    watch: () => {},
  }
}
