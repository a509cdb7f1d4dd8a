/**
 * A process that writes without end to the store of its first argument (JSON of a StorePlace), and prints `writer number` for
 * every commit that was acknowledged. All rows of one commit hold the same number. Run by the tests of kills.
 */
import { writeSync } from 'node:fs'
import type { StoreChange } from '../../src/core/ports.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { openStore, type StorePlace } from '../../src/store/open-store.ts'

const writers = 8
const rowsACommit = 20

function changesOf(writer: string, number: number): StoreChange[] {
  const body = String(number)
  const entry = {
    id: writer,
    tenant: 't',
    presentity: writer,
    connector: 'pbx',
    address: writer,
    slot: 'dnd',
    open: true,
    updatedAt: number,
    body,
  }
  const memory = Array.from({ length: rowsACommit }, (_, index): StoreChange => {
    return { put: 'memory', tenant: 't', scope: writer, key: `k${index}`, body }
  })
  return [{ put: 'presentity', tenant: 't', id: writer, body }, ...memory, { put: 'ledger', entry }]
}

/** Waits for a parent that is slow to read: the pipe does not block. */
function writeLine(line: string): void {
  for (;;) {
    try {
      writeSync(1, line)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(pause, 0, 0, 1)
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4))
const store = await openStore(JSON.parse(process.argv[2]!) as StorePlace, { clock: systemClock() })
const last = new Map((await Array.fromAsync(store.presentities())).map((row) => [row.id, Number(row.body)]))

await Promise.all(
  Array.from({ length: writers }, async (_, index) => {
    const writer = `w${index}`
    for (let number = (last.get(writer) ?? 0) + 1; ; number++) {
      await store.commit(changesOf(writer, number), (number + index) % 3 === 0 ? 'full' : 'normal')
      // Written at once: what the parent can read was acknowledged before the kill.
      writeLine(`${writer} ${number}\n`)
    }
  }),
)
