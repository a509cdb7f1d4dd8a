import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { explainFailure, type FailureData } from '../failure.ts'
import { loadMigrations } from '../migrations.ts'
import { dataFile } from './data-file.ts'
import { openDatabase } from './database.ts'
import { lockDirectory } from './directory-lock.ts'
import { collectWhenIdle } from './idle-collection.ts'
import type { Reply, Request, WorkerStart } from './protocol.ts'
import { createTurns } from './turns.ts'

/** The store's one thread: owns the directory's lock and the only connection that writes. */
function start(): void {
  const port = parentPort!
  const { directory, now } = workerData as WorkerStart
  const file = dataFile(directory)
  const reply = (message: Reply) => port.postMessage(message)
  try {
    const lock = lockDirectory(directory, now)
    try {
      const { database, migrated } = openDatabase(file, loadMigrations(), now)
      const take = createTurns({
        database,
        file,
        reply,
        more: () => receiveMessageOnPort(port)?.message as readonly Request[] | undefined,
        closed() {
          lock.release()
          port.close()
        },
      })
      const heard = collectWhenIdle()
      port.on('message', (requests: readonly Request[]) => {
        heard()
        take(requests)
      })
      reply({
        kind: 'opened',
        migrated: migrated.map(({ version, name, breaking }) => ({ version, name, breaking })),
      })
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    reply({ kind: 'refused', failure: failureData(error, file) })
    port.close()
  }
}

function failureData(error: unknown, file: string): FailureData {
  const { kind, message } = explainFailure(error, file)
  return { kind, message }
}

start()
