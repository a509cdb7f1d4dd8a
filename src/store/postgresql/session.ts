import { Client, type QueryResultRow } from 'pg'
import type { Row } from '../rows.ts'
import { answerMs, clientConfig, type PostgresqlServer } from './server.ts'

/** One statement with its values; a list is an array of the server's. `name`: keeps its plan. */
export interface Statement {
  readonly text: string
  readonly values?: readonly (string | number | readonly (string | number)[])[]
  readonly name?: string
}

/** One connection. Errors are the driver's. */
export interface Session {
  /** Rows as arrays of their columns; numbers of 64 bits are texts. */
  rows(statement: Statement): Promise<readonly Row[]>
  /** How many rows it concerned. */
  run(statement: Statement): Promise<number>
  /** Resolves once the connection is gone, whoever ended it. */
  readonly lost: Promise<unknown>
  /** Does not wait for an answer that may never come. Idempotent. */
  close(): Promise<void>
  /** The server process, as the one at the other end of the line tells it. */
  readonly processId: number | undefined
}

interface SessionOptions {
  readonly name: string
  /** Ends the connection where a statement takes longer than any should; by itself, than so many milliseconds. */
  readonly bounded: boolean | number
  /** After so long without a word the server gives this connection up, milliseconds. */
  readonly lostAfterMs?: number
}

const closeMs = 2_000

/** Opens a connection; rejects with what the driver says. */
export async function openSession(
  server: PostgresqlServer,
  { name, bounded, lostAfterMs }: SessionOptions,
): Promise<Session> {
  const limit = bounded === true ? answerMs : bounded
  const client = new Client({
    ...clientConfig(server, name, lostAfterMs),
    ...(limit && { query_timeout: limit }),
    ...(typeof bounded === 'number' && { connectionTimeoutMillis: bounded }),
  })
  const lost = Promise.withResolvers<unknown>()
  client.on('error', lost.resolve)
  client.on('end', () => lost.resolve(new Error('Connection terminated')))
  await client.connect()
  const ask = async ({ text, values = [], name: plan }: Statement) => {
    const query = { text, values: [...values], rowMode: 'array' as const, ...(plan && { name: plan }) }
    return client.query<QueryResultRow[]>(query)
  }
  let closing: Promise<void> | undefined
  return {
    rows: async (statement) => (await ask(statement)).rows as unknown as readonly Row[],
    run: async (statement) => (await ask(statement)).rowCount ?? 0,
    lost: lost.promise,
    close() {
      closing ??= endWithin(client)
      return closing
    },
    // Not in the driver's types: what the server sent as BackendKeyData.
    processId: (client as unknown as { processID?: number | null }).processID ?? undefined,
  }
}

async function endWithin(client: Client): Promise<void> {
  const stream = (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream
  const timer = setTimeout(() => stream.destroy(), closeMs)
  await client.end().catch(() => {})
  clearTimeout(timer)
}
