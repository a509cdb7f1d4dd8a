import type { Clock, Log } from '../../core/ports.ts'
import { usualHoldMs } from '../../sites/wire.ts'
import type { Absence } from './absence.ts'
import type { SiteLedger } from './site-ledger.ts'
import { isTaken, type TakenRow } from './take-back.ts'

/** A phone system that does not answer is asked again after so long, milliseconds. */
const againMs = 15_000

export interface RunOutParts {
  readonly ledger: SiteLedger
  readonly absence: Pick<Absence, 'ms'>
  readonly clock: Clock
  readonly log: Log
  /** How long what was written at a connector stays without the hub, milliseconds. */
  readonly holdMs: (connector: string) => number | undefined
  /** Everything that may be there of a connector. */
  readonly takeBack: (connector: string) => Promise<readonly TakenRow[]>
}

/**
 * What was written here for a hub that does not come back runs out: a phone is not left in do not disturb by somebody who is
 * gone.
 */
export class RunOut {
  readonly #parts: RunOutParts
  /** By connector, monotonic; for ever while it is under way. */
  readonly #notBefore = new Map<string, number>()

  constructor(parts: RunOutParts) {
    this.#parts = parts
  }

  /** Looked at often; what is due is taken back. Never rejects. */
  async look(): Promise<void> {
    const { ledger, clock } = this.#parts
    const due = [...ledger.connectors].filter(
      (of) => this.#isDue(of) && clock.monotonic() >= (this.#notBefore.get(of) ?? 0),
    )
    await Promise.all(due.map((of) => this.#takeBack(of)))
  }

  #isDue(of: string): boolean {
    const { absence, holdMs } = this.#parts
    return absence.ms !== undefined && absence.ms >= (holdMs(of) ?? usualHoldMs)
  }

  async #takeBack(of: string): Promise<void> {
    const { ledger, absence, clock, log, takeBack } = this.#parts
    const isFirst = !this.#notBefore.has(of)
    this.#notBefore.set(of, Number.POSITIVE_INFINITY)
    if (isFirst) {
      const addresses = ledger.openAt(of).map(({ address }) => address)
      const minutes = Math.round((absence.ms ?? 0) / 60_000)
      const words = 'the hub has been away for too long: what it wrote here is taken back'
      log.warn(words, { connector: of, minutes, addresses })
    }
    try {
      this.#tell(of, await takeBack(of))
    } catch (error) {
      log.error('what the hub wrote here could not be taken back; it is tried again', {
        connector: of,
        error,
      })
    }
    this.#notBefore.set(of, clock.monotonic() + againMs)
    if (ledger.openAt(of).length === 0) this.#notBefore.delete(of)
  }

  #tell(of: string, rows: readonly TakenRow[]): void {
    const { log } = this.#parts
    const addresses = (wanted: boolean) =>
      rows.filter((one) => isTaken(one) === wanted).map(({ row }) => row.address)
    const taken = addresses(true)
    if (taken.length > 0)
      log.info('what the hub wrote here was taken back', { connector: of, addresses: taken })
    const first = rows.find((one) => !isTaken(one))
    if (!first) return
    const reason = 'reason' in first.outcome ? first.outcome.reason : ''
    const words = 'what the hub wrote here could not be taken back; it is tried again'
    log.warn(words, { connector: of, addresses: addresses(false), reason })
  }
}
