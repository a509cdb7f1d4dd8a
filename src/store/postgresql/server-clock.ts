import { explainPostgresql } from './failure.ts'
import { describeServer, type PostgresqlServer } from './server.ts'
import { openSession } from './session.ts'

/** A server that takes longer to tell the time is away, milliseconds. */
const patienceMs = 10_000

/** The server's wall clock, milliseconds since the epoch. Rejects with StoreFailure. */
export async function readServerClock(server: PostgresqlServer, name: string): Promise<number> {
  try {
    const session = await openSession(server, { name, bounded: patienceMs })
    try {
      const [row] = await session.rows({ text: 'select extract(epoch from clock_timestamp()) * 1000' })
      return Number(row![0])
    } finally {
      await session.close()
    }
  } catch (error) {
    throw explainPostgresql(error, describeServer(server))
  }
}
