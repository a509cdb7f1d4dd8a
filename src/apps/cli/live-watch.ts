import type { ConnectorInstance } from '../../core/connector.ts'
import type { Facet, FeedEvent, Observation } from '../../core/observation.ts'
import type { Clock } from '../../core/ports.ts'
import { isDoNotDisturb, type Presence, presenceName } from '../../core/presence.ts'

/** A facet that a write can change: what a system shows, or a phone's do not disturb. */
export type Shown = Extract<Facet, { kind: 'presence' } | { kind: 'dnd' }>

/** `busy/inACall (chosen)`, `do not disturb off`. */
export function describeShown(shown: Shown): string {
  if (shown.kind === 'dnd') return `do not disturb ${shown.on ? 'on' : 'off'}`
  const chosen = shown.chosen === 'yes' ? ' (chosen)' : ''
  return presenceName(shown.state) + chosen
}

export function shows(shown: Shown, state: Presence): boolean {
  if (shown.kind === 'dnd') return shown.on === isDoNotDisturb(state)
  return presenceName(shown.state) === presenceName(state)
}

export interface Watch {
  /** What the connector emits goes in here. */
  take(event: FeedEvent): void
  latest(address: string): Shown | undefined
  /**
   * Waits until the test holds, asking the instance for the address every two seconds.
   * @returns Milliseconds it took, undefined when it never held in time.
   */
  until(address: string, test: (shown: Shown) => boolean, patienceMs: number): Promise<number | undefined>
}

export interface WatchOptions {
  readonly clock: Clock
  readonly instance: () => ConnectorInstance
  /** True ends every wait. */
  readonly interrupted: () => boolean
}

const askAgainMs = 2_000
const lookMs = 50

/** Keeps what a connector said last of each address, and can wait for it to say something. */
export function createWatch({ clock, instance, interrupted }: WatchOptions): Watch {
  const last = new Map<string, Shown>()

  function note({ address, facet }: Observation): void {
    if (facet.kind !== 'presence' && facet.kind !== 'dnd') return
    // A system that shows one state of all tells more than its do-not-disturb flag alone.
    if (facet.kind === 'dnd' && last.get(address)?.kind === 'presence') return
    last.set(address, facet)
  }

  const pause = () => new Promise<void>((resolve) => clock.after(lookMs, resolve))

  return {
    take(event) {
      if (event.type === 'observed') note(event.observation)
      if (event.type === 'snapshot') for (const observation of event.observations) note(observation)
    },
    latest: (address) => last.get(address),
    async until(address, test, patienceMs) {
      const began = clock.monotonic()
      let asked = Number.NEGATIVE_INFINITY
      while (!interrupted()) {
        const shown = last.get(address)
        const now = clock.monotonic()
        if (shown && test(shown)) return Math.round(now - began)
        if (now - began > patienceMs) return undefined
        if (now - asked > askAgainMs) {
          asked = now
          instance().resync([address])
        }
        await pause()
      }
      return undefined
    },
  }
}
