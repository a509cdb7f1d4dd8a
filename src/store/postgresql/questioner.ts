import { escapeIdentifier, escapeLiteral, Pool, type QueryArrayConfig, type QueryResultRow } from 'pg'
import type { Row } from '../rows.ts'
import { explainPostgresql, isPassing } from './failure.ts'
import { answerMs, clientConfig, type PostgresqlServer } from './server.ts'
import type { Statement } from './session.ts'

/** So long is asked again where the connection is lost, milliseconds. */
const patienceMs = 10_000
const againMs = 200

/** In which role something is read, and of which tenants alone: see sql/0007-rows-of-tenants.pg.sql. */
export interface Limit {
  readonly role: string
  readonly tenants: readonly string[]
}

export interface Answer {
  readonly rows: readonly Row[]
  readonly count: number
}

/** Asks over connections of its own, several at a time. */
export interface Questioner {
  /** Rejects with StoreFailure. */
  ask(statement: Statement, limit?: Limit): Promise<Answer>
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

  const askPatiently = async (
    { text, values = [] }: Statement,
    limit: Limit | undefined,
  ): Promise<Answer> => {
    const until = performance.now() + patienceMs
    for (;;) {
      try {
        const query = { text, values: [...values], rowMode: 'array' as const }
        const { rows, rowCount } = await (limit
          ? askWithin(pool, query, limit)
          : pool.query<QueryResultRow[]>(query))
        return { rows: rows as unknown as readonly Row[], count: rowCount ?? 0 }
      } catch (error) {
        if (!isPassing(error) || performance.now() > until || closing) throw explainPostgresql(error, where)
      }
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }

  return {
    ask(statement, limit) {
      const answer = askPatiently(statement, limit)
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

/** In a transaction of its own: role and tenants end with it, however it ends. */
async function askWithin(pool: Pool, query: QueryArrayConfig, { role, tenants }: Limit) {
  const client = await pool.connect()
  // Of a connection that was lost whoever asks is told; this is said besides.
  const ignore = () => {}
  client.on('error', ignore)
  const release = (broken: boolean) => {
    client.off('error', ignore)
    client.release(broken)
  }
  try {
    await client.query(
      `begin read only; set local role ${escapeIdentifier(role)}; set local hookswitch.tenants = ${escapeLiteral(arrayText(tenants))}`,
    )
    const found = await client.query<QueryResultRow[]>(query)
    // Nothing was changed: whoever asked need not wait for the end.
    client.query('commit').then(
      () => release(false),
      () => release(true),
    )
    return found
  } catch (error) {
    release(true)
    throw error
  }
}

/** As the server reads an array. No row has a name with NUL in it, and no statement may. */
function arrayText(texts: readonly string[]): string {
  const quoted = texts.filter((text) => !text.includes('\0')).map((text) => text.replaceAll(/["\\]/g, '\\$&'))
  return `{${quoted.map((text) => `"${text}"`).join(',')}}`
}
