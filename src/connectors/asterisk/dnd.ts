import type { Outcome } from '../../core/connector.ts'
import { deleteEntry, getEntry, putEntry } from './astdb.ts'
import type { Entry } from './book.ts'
import { header } from './frames.ts'
import { toDeviceState } from './reading.ts'
import { rightFor } from './rights.ts'
import { AmiRefusal, type AmiSession } from './session.ts'
import { isOn } from './state.ts'

/** One of the places where do not disturb of an extension is kept. */
interface Place {
  readonly name: string
  read(): Promise<boolean>
  write(on: boolean): Promise<void>
}

/**
 * Every place, the one that decides first. FreePBX's dialplan asks the database, lamps follow the custom device of the
 * extension, and keys of phones the custom device of each phone (DEVDND, by device number). A plain Asterisk has the
 * extension's custom device only.
 */
function placesOf(session: AmiSession, entry: Entry, freepbx: boolean): readonly Place[] {
  const state = (device: string): Place => ({
    name: device,
    read: async () => isOn(await readDevice(session, device)),
    write: async (on) => {
      await session.action('Setvar', {
        Variable: `DEVICE_STATE(${device})`,
        Value: on ? 'BUSY' : 'NOT_INUSE',
      })
    },
  })
  if (!freepbx) return [state(entry.dndDevice)]
  const { extension } = entry
  const database: Place = {
    name: `DND/${extension} in astdb`,
    read: async () => Boolean(await getEntry(session, 'DND', extension)),
    write: (on) =>
      on
        ? putEntry(session, { family: 'DND', key: extension }, 'YES')
        : deleteEntry(session, 'DND', extension),
  }
  return [database, state(entry.dndDevice), ...entry.numbers.map((number) => state(`Custom:DEVDND${number}`))]
}

/** DEVICE_STATE() of one device, UNKNOWN included. Throws AmiRefusal, AmiSilence. */
export async function readDevice(session: AmiSession, device: string) {
  const answer = await session.action('Getvar', { Variable: `DEVICE_STATE(${device})` })
  return toDeviceState(header(answer, 'value'))
}

/** The hub's own mark in the database: what a dead-man script at the PBX may clear when the hub is gone. */
const markFamily = 'hookswitch'
const markKey = (extension: string) => `dnd/${extension}`

/** Without the right to write the database there is no mark; do not disturb itself does not depend on it. */
async function mark(session: AmiSession, extension: string, since: number | undefined): Promise<void> {
  const at = { family: markFamily, key: markKey(extension) }
  try {
    if (since === undefined) await deleteEntry(session, at.family, at.key)
    else await putEntry(session, at, String(Math.floor(since / 1000)))
  } catch (error) {
    if (!(error instanceof AmiRefusal)) throw error
  }
}

/** Sets or clears do not disturb in all its places, and reads each of them back. Never throws. */
export async function writeDnd(
  session: AmiSession,
  target: { readonly entry: Entry; readonly freepbx: boolean; readonly on: boolean },
  wall: () => number,
): Promise<Outcome> {
  const places = placesOf(session, target.entry, target.freepbx)
  const done: Place[] = []
  try {
    let changed = false
    for (const place of places) {
      if ((await place.read()) === target.on) continue
      // Only what the hub itself switched on bears its mark, and it does so before anything else happens.
      if (target.on && !changed) await mark(session, target.entry.extension, wall())
      changed = true
      await place.write(target.on)
      done.push(place)
    }
    if (!target.on) await mark(session, target.entry.extension, undefined)
    for (const place of places) {
      if ((await place.read()) !== target.on) {
        return { kind: 'failed', reason: `${place.name} does not show what was written${soFar(done)}` }
      }
    }
    return { kind: changed ? 'applied' : 'unchanged', at: wall() }
  } catch (error) {
    const undone =
      target.on &&
      isDenied(error) &&
      (await undo(done, () => mark(session, target.entry.extension, undefined)))
    return failureOf(error, undone ? [] : done, target.on)
  }
}

function isDenied(error: unknown): error is AmiRefusal {
  return error instanceof AmiRefusal && error.denied
}

/** Half a do not disturb silences a phone as well as a whole one. True when nothing of it is left. */
async function undo(done: readonly Place[], unmark: () => Promise<void>): Promise<boolean> {
  try {
    for (const place of done.toReversed()) await place.write(false)
    await unmark()
    return true
  } catch {
    return false
  }
}

/** Refused is only what left nothing behind: what may still be there is tried again, or taken back. */
function failureOf(error: unknown, done: readonly Place[], on: boolean): Outcome {
  const reason = `${error instanceof Error ? error.message : String(error)}${soFar(done)}`
  if (!isDenied(error) || (on && done.length > 0)) return { kind: 'failed', reason }
  const fix = `Add ${rightFor(error.action)} to this user in manager.conf and reload the manager.`
  return { kind: 'rejected', reason, fix }
}

const soFar = (done: readonly Place[]) =>
  done.length > 0 ? `; already written: ${done.map(({ name }) => name).join(', ')}` : ''
