import type { DialogFacet, Facet, FeedEvent } from '../../core/observation.ts'
import type { Clock, Timer } from '../../core/ports.ts'
import { featureEvent } from '../kit/sip/feature-event.ts'

type Snapshot = Extract<FeedEvent, { type: 'snapshot' }>

/** How long after one of them the other may come, milliseconds. */
const patienceMs = 500

/**
 * At some PBXs do not disturb lights the lamp. While it is on, the lamp says nothing of calls and is not told. The lamp and
 * the do not disturb that explains it come in two messages, in either order, and in between the lamp would look like a
 * call: so a lamp that lights up waits a moment for do not disturb to come on, and do not disturb that goes off for the
 * lamp to go out.
 */
export class LampPatience {
  readonly #clock: Clock
  readonly #emit: (event: FeedEvent) => void
  readonly #held = new Map<string, { readonly event: Snapshot; readonly timer: Timer }>()
  /** Feeds whose next snapshot is the first of an epoch: who begins has nothing to compare with. */
  readonly #fresh = new Set<string>()
  /** What lamps said last, as it came, by feed. */
  readonly #lamps = new Map<string, Snapshot>()
  /** Do not disturb as it was told, by feed. */
  readonly #disturbed = new Map<string, boolean>()

  constructor(clock: Clock, emit: (event: FeedEvent) => void) {
    this.#clock = clock
    this.#emit = emit
  }

  take(event: FeedEvent): void {
    const { feed } = event
    if (event.type !== 'snapshot') {
      if (event.type === 'opened') this.#fresh.add(feed)
      if (event.type !== 'renewed') this.#release(feed)
      if (event.type === 'ended') {
        this.#lamps.delete(feed)
        this.#disturbed.delete(feed)
      }
      this.#emit(event)
      return
    }
    // Each one is the whole set of its address.
    this.#held.get(feed)?.timer.cancel()
    this.#held.delete(feed)
    if (this.#fresh.delete(feed) || !this.#hasToWait(event)) {
      this.#pass(event)
      return
    }
    this.#held.set(feed, { event, timer: this.#clock.after(patienceMs, () => this.#release(feed)) })
  }

  /** Nothing is told any more. */
  stop(): void {
    for (const { timer } of this.#held.values()) timer.cancel()
    this.#held.clear()
    this.#lamps.clear()
    this.#disturbed.clear()
  }

  #hasToWait(event: Snapshot): boolean {
    const address = addressOf(event)
    const isOn = this.#isOn(address)
    if (dndOf(event) === false) return isOn && this.#litAt(address).length > 0
    const before = this.#lamps.get(event.feed)
    return !isOn && isLit(event) && !(before && isLit(before))
  }

  #isOn(address: string): boolean {
    return this.#disturbed.get(`${featureEvent}:${address}`) === true
  }

  #litAt(address: string): readonly Snapshot[] {
    return [...this.#lamps.values()].filter((lamp) => addressOf(lamp) === address && isLit(lamp))
  }

  #pass(event: Snapshot): void {
    const address = addressOf(event)
    const on = dndOf(event)
    if (on === undefined) {
      this.#lamps.set(event.feed, event)
      this.#emit(this.#isOn(address) ? withoutLamps(event) : event)
    } else {
      const isNew = this.#disturbed.get(event.feed) !== on
      this.#disturbed.set(event.feed, on)
      this.#emit(event)
      if (isNew) for (const lamp of this.#litAt(address)) this.#emit(on ? withoutLamps(lamp) : lamp)
    }
    // What it explains need not wait any longer.
    for (const [feed, held] of [...this.#held]) {
      if (addressOf(held.event) === address && !this.#hasToWait(held.event)) this.#release(feed)
    }
  }

  #release(feed: string): void {
    const held = this.#held.get(feed)
    if (!held) return
    held.timer.cancel()
    this.#held.delete(feed)
    this.#pass(held.event)
  }
}

const addressOf = ({ addresses = [] }: Snapshot) => addresses[0] ?? ''

function dndOf({ observations }: Snapshot): boolean | undefined {
  for (const { facet } of observations) if (facet.kind === 'dnd') return facet.on
  return undefined
}

/** Lit at once; one that blinks first is a call that comes in. */
function isLit({ observations }: Snapshot): boolean {
  return observations.some(({ facet }) => isLamp(facet) && facet.state === 'confirmed')
}

function isLamp(facet: Facet): facet is DialogFacet {
  return facet.kind === 'dialog' && facet.evidence === 'lamp'
}

function withoutLamps(event: Snapshot): Snapshot {
  return { ...event, observations: event.observations.filter(({ facet }) => !isLamp(facet)) }
}
