import type { DialogState, Facet } from '../../core/observation.ts'
import type { CallEvent, LocalState } from './decode.ts'
import { changeLeg, type Leg } from './legs.ts'
import { dialogOf, type NumberPlan } from './map.ts'
import type { ConnectionId } from './requests.ts'
import type { SnapshotCall } from './snapshot.ts'

interface Device {
  readonly legs: Map<string, Leg>
  dnd: boolean | undefined
  inService: boolean | undefined
}

const fromSnapshot: Readonly<Record<LocalState, DialogState | 'gone'>> = {
  null: 'gone',
  initiated: 'trying',
  alerting: 'early',
  connected: 'confirmed',
  hold: 'held',
  queued: 'trying',
  fail: 'trying',
}

/** What goes on at every followed extension, from snapshots and from events between them. No clock, no wire. */
export class DeviceBook {
  readonly #devices = new Map<string, Device>()

  /** Nothing that was known before a new connection counts. */
  clear(): void {
    this.#devices.clear()
  }

  forget(extension: string): void {
    this.#devices.delete(extension)
  }

  /** One event of a call. `doubt`: ids have changed, and only a snapshot says for certain what is left. */
  take(extension: string, event: CallEvent): 'told' | 'doubt' {
    const { legs } = this.#device(extension)
    const change = changeLeg(legs.get(event.call), event, extension)
    if (change === 'gone') legs.delete(event.call)
    else if (change) legs.set(event.call, change)
    if (event.name !== 'Transfered' && event.name !== 'Conferenced') return 'told'
    this.#move(extension, event, change === 'gone')
    return 'doubt'
  }

  setDnd(extension: string, on: boolean | undefined): void {
    this.#device(extension).dnd = on
  }

  dnd(extension: string): boolean | undefined {
    return this.#devices.get(extension)?.dnd
  }

  setInService(extension: string, inService: boolean | undefined): void {
    this.#device(extension).inService = inService
  }

  /** The whole set of calls of an extension. What a snapshot does not say of a known call is kept. */
  snapshot(extension: string, calls: readonly SnapshotCall[]): void {
    const { legs } = this.#device(extension)
    const before = new Map(legs)
    legs.clear()
    for (const { connection, state: local, direction } of calls) {
      const known = before.get(connection.call)
      const state = fromSnapshot[local]
      if (state === 'gone') continue
      legs.set(connection.call, {
        // It rings at the other end: a snapshot shows that as a call that has only begun.
        state: state === 'trying' && known?.state === 'early' ? 'early' : state,
        direction: known && known.direction !== 'unknown' ? known.direction : (direction ?? 'unknown'),
        remote: known?.remote,
        outside: known?.outside ?? false,
      })
    }
  }

  /** Calls of a snapshot of which nobody has told who is at the other end. */
  unexplained(extension: string, calls: readonly SnapshotCall[]): readonly ConnectionId[] {
    const legs = this.#devices.get(extension)?.legs
    return calls.flatMap(({ connection }) => {
      const leg = legs?.get(connection.call)
      return leg && leg.remote === undefined ? [connection] : []
    })
  }

  explain(extension: string, call: string, remote: string | undefined): void {
    const { legs } = this.#device(extension)
    const leg = legs.get(call)
    if (leg && leg.remote === undefined) legs.set(call, { ...leg, remote })
  }

  facets(extension: string, plan: NumberPlan): readonly Facet[] {
    const device = this.#devices.get(extension)
    if (!device) return []
    const facets: Facet[] = [...device.legs].map(([call, leg]) => dialogOf(call, leg, plan))
    if (device.inService !== undefined) facets.push({ kind: 'registration', registered: device.inService })
    if (device.dnd !== undefined) facets.push({ kind: 'dnd', on: device.dnd })
    return facets
  }

  /** Calls that go on under another id, or end in one that does. */
  #move(extension: string, event: CallEvent, left: boolean): void {
    const { legs } = this.#device(extension)
    for (const { from, to } of event.moved) {
      const leg = legs.get(from.call)
      if (!leg || from.call === to.call) continue
      legs.delete(from.call)
      // Who is at the other end now, only a snapshot of the call can tell.
      if (!left) legs.set(to.call, { ...leg, remote: undefined })
    }
    if (event.secondCall !== undefined && event.secondCall !== event.call) legs.delete(event.secondCall)
  }

  #device(extension: string): Device {
    const known = this.#devices.get(extension)
    if (known) return known
    const device: Device = { legs: new Map(), dnd: undefined, inService: undefined }
    this.#devices.set(extension, device)
    return device
  }
}
