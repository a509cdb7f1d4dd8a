import { createArchive } from '../archive.ts'
import type { ReadOnlyArchive } from '../read-only-archive.ts'
import { archiveStatement } from './archive-reader.ts'
import { nothingKept } from './link.ts'
import { createQuestioner } from './questioner.ts'
import { describeServer, type PostgresqlServer } from './server.ts'

/** Opens the archive of a schema for reading only, beside a hub that may be running; takes no lock. Rejects with StoreFailure. */
export async function openArchive(server: PostgresqlServer): Promise<ReadOnlyArchive> {
  const where = describeServer(server)
  const questioner = createQuestioner(server, where, 'hookswitch reading the past')
  try {
    const { rows } = await questioner.ask({
      text: "select (to_regclass('history') is not null)::integer",
    })
    if (rows[0]?.[0] !== 1) throw nothingKept(where)
  } catch (error) {
    await questioner.close()
    throw error
  }
  const archive = createArchive(async (call) => (await questioner.ask(archiveStatement(call))).rows)
  return { ...archive, close: () => questioner.close() }
}
