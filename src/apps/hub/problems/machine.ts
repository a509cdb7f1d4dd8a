import type { Problem } from '../../../core/alert.ts'
import type { Clock } from '../../../core/ports.ts'

/** A step of the clock is told of for this long, milliseconds. */
const steppedForMs = 15 * 60_000
/** A hub that loses one server has another one within 6 s, milliseconds. */
const natsPatienceMs = 10_000

/** A version of the configuration that is not in force at a hub. */
interface RefusedVersion {
  /** Name of the hub. */
  readonly node: string
  readonly version: number
  readonly author: string
  readonly reason: string
}

/** What is wrong with the machine that the hub runs on: its store, its clock, and whether it reaches the others and has their configuration. */
export class MachineProblems {
  readonly #clock: Clock
  #store: { readonly reason: string; readonly since: number } | undefined
  #nats: { readonly node: string; readonly since: number; readonly lostAt: number } | undefined
  #refused: (RefusedVersion & { readonly since: number }) | undefined
  /** Monotonic. */
  #steppedAt: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  storeFailed(cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause)
    this.#store = { reason, since: this.#store?.since ?? this.#clock.wall() }
  }

  /** Undefined where the newest version is in force. */
  configurationStands(refused: RefusedVersion | undefined): void {
    this.#refused = refused && { ...refused, since: this.#refused?.since ?? this.#clock.wall() }
  }

  stored(): void {
    this.#store = undefined
  }

  /** `node`: name of the hub. */
  natsStands({ node, connected }: { readonly node: string; readonly connected: boolean }): void {
    const lost = { node, since: this.#clock.wall(), lostAt: this.#clock.monotonic() }
    this.#nats = connected ? undefined : (this.#nats ?? lost)
  }

  clockStepped(): void {
    this.#steppedAt = this.#clock.monotonic()
  }

  find(): readonly Problem[] {
    const problems: Problem[] = []
    if (this.#store) {
      const { reason, since } = this.#store
      const title = 'The store takes nothing'
      const text = `${reason}. Nothing is written anywhere until it does, so that nothing is forgotten.`
      const fix =
        'Free the disk of the data folder, or bring the database server back: the hub goes on by itself. Where it has ended, repair the disk and start it again.'
      problems.push({ key: 'store', kind: 'store', title, text, fix, since })
    }
    if (this.#nats && this.#clock.monotonic() - this.#nats.lostAt >= natsPatienceMs) {
      const { node, since } = this.#nats
      problems.push({
        key: `nats ${node}`,
        kind: 'nats',
        title: `The hub ${node} reaches no NATS server`,
        text: 'It goes on with the tenants that it has. People of tenants at another hub are shown as they were heard last, and what is asked about one of them is not answered.',
        fix: 'Bring a NATS server of cluster.nats.servers back, and see that this hub reaches it: network, account, certificate. The hub goes on by itself; do not restart it meanwhile, for a start needs NATS.',
        since,
      })
    }
    if (this.#refused) {
      const { node, version, author, reason, since } = this.#refused
      problems.push({
        key: `configuration ${node}`,
        kind: 'configuration',
        title: `The hub ${node} does not have the newest configuration`,
        text: `It could not take over version ${version} by ${author}: ${reason.replace(/\.$/, '')}. It goes on with what it had, and tries again every 10 s.`,
        fix: 'Mend what is named on the machine of this hub, or go back to an earlier version.',
        since,
      })
    }
    const ago = this.#steppedAt === undefined ? undefined : this.#clock.monotonic() - this.#steppedAt
    if (ago !== undefined && ago < steppedForMs) {
      problems.push({
        key: 'clock',
        kind: 'clock',
        title: 'The clock stepped, or the process stood still',
        text: 'Wall clock and elapsed time parted by more than 5 s. Every source was asked again; nothing expired meanwhile.',
        fix: 'Keep the clock by NTP without steps, and see whether the machine was suspended or overloaded.',
        since: this.#clock.wall() - ago,
      })
    }
    return problems
  }
}
