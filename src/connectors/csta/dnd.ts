import type { Outcome } from '../../core/connector.ts'
import type { DeviceBook } from './device-book.ts'
import { expectName } from './line.ts'
import type { Reader } from './reading.ts'
import { outcomeOf } from './refusal.ts'
import type { CstaSession } from './session.ts'

export interface DndParts {
  readonly session: CstaSession
  readonly reader: Reader
  readonly book: DeviceBook
  wall(): number
}

/**
 * Sets or clears do not disturb and reads it back. A system without GetDoNotDisturb has its answer to the request and
 * its events instead. Never throws.
 */
export async function writeDnd(
  { session, reader, book, wall }: DndParts,
  { extension, on }: { readonly extension: string; readonly on: boolean },
): Promise<Outcome> {
  const service = 'SetDoNotDisturb'
  try {
    const before = await reader.readDnd(extension)
    const readable = !reader.lacking.has('GetDoNotDisturb')
    if ((readable ? before : book.dnd(extension)) === on) return { kind: 'unchanged', at: wall() }
    const xml = session.requests.setDoNotDisturb(extension, on)
    await session.request(service, xml, (answer) => expectName(service, answer))
    const at = wall()
    if (!readable) return { kind: 'applied', at }
    if ((await reader.readDnd(extension)) === on) return { kind: 'applied', at }
    return { kind: 'failed', reason: 'do not disturb does not show what was written' }
  } catch (error) {
    return outcomeOf(error, extension)
  }
}
