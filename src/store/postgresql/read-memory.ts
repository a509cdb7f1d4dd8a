import type { Store } from '../../core/ports.ts'
import { createQuestioner } from './questioner.ts'
import { describeServer, type PostgresqlServer } from './server.ts'

/** The memory of a schema for reading only, beside hubs that may be running; empty where there is none yet. */
export interface ReadOnlyMemory {
  /** Rejects with StoreFailure. */
  readonly memory: Store['memory']
  close(): Promise<void>
}

/** Takes no lock; connects when it is first asked. */
export function openMemory(server: PostgresqlServer): ReadOnlyMemory {
  const questioner = createQuestioner(server, describeServer(server), 'hookswitch reading the configuration')
  return {
    async memory(tenant, scope) {
      const { rows } = await questioner.ask({ text: "select (to_regclass('memory') is not null)::integer" })
      if (rows[0]?.[0] !== 1) return new Map()
      const text = 'select key, body from memory where tenant = $1 and scope = $2'
      const found = await questioner.ask({ text, values: [tenant, scope] })
      return new Map(found.rows.map(([key, body]) => [String(key), String(body)]))
    },
    close: () => questioner.close(),
  }
}
