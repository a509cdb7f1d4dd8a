import { Pool, type QueryResultRow } from 'pg'
import type { Row } from '../rows.ts'
import { explainPostgresql, isPassing } from './failure.ts'
import { answerMs, clientConfig, type PostgresqlServer } from './server.ts'
import type { Statement } from './session.ts'

/** So long is asked again where the connection is lost, milliseconds. */
const patienceMs = 10_000
const againMs = 200

/** Asks over connections of its own, several at a time. */
export interface Questioner {
  /** Rejects with StoreFailure. */
  ask(statement: Statement): Promise<{ readonly rows: readonly Row[]; readonly count: number }>
  /** Waits for what was asked. */
  close(): Promise<void>
}

export function createQuestioner(server: PostgresqlServer, where: string, name: string): Questioner {
  const pool = new Pool({
    ...clientConfig(server, name),
    max: server.poolSize,
    query_timeout: answerMs,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  })
  // Of a connection that nobody uses: the pool opens another one.
  pool.on('error', () => {})
  const pending = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  const askPatiently = async ({ text, values = [] }: Statement) => {
    const until = performance.now() + patienceMs
    for (;;) {
      try {
        const query = { text, values: [...values], rowMode: 'array' as const }
        const { rows, rowCount } = await pool.query<QueryResultRow[]>(query)
        return { rows: rows as unknown as readonly Row[], count: rowCount ?? 0 }
      } catch (error) {
        if (!isPassing(error) || performance.now() > until || closing) throw explainPostgresql(error, where)
      }
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }

  return {
    ask(statement) {
      const answer = askPatiently(statement)
      pending.add(answer)
      const done = () => void pending.delete(answer)
      answer.then(done, done)
      return answer
    },
    close() {
      closing ??= Promise.allSettled(pending).then(() => pool.end())
      return closing
    },
  }
}
