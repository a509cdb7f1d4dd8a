import { ConnectorFailure } from '../../core/connector.ts'
import type { Clock, Log, Timer } from '../../core/ports.ts'
import type { SiteLedger } from './site-ledger.ts'
import { isTaken, type TakenRow } from './take-back.ts'

/** A phone system that does not answer is asked again after so long, milliseconds. */
const againMs = 15_000

export interface FarewellParts {
  readonly ledger: SiteLedger
  readonly clock: Clock
  readonly log: Log
  /** Everything that may be there of a connector. */
  readonly takeBack: (connector: string) => Promise<readonly TakenRow[]>
}

/** What a site that was sent away for good leaves behind: addresses, each once. */
export interface Farewell {
  /** It took back what it had written there. */
  readonly taken: readonly string[]
  /** Something may still be there. */
  readonly left: readonly string[]
  /** Why, where something is left and that is known. */
  readonly reason?: string
}

/**
 * Nobody will ask this site for anything any more, so it takes back what is in its ledger: a phone is not left in do not
 * disturb by somebody who is gone. What does not answer is asked again until it does, or until `signal` ends it.
 */
export async function takeLeave(parts: FarewellParts, signal: AbortSignal): Promise<Farewell> {
  const { ledger, clock } = parts
  const taken: string[] = []
  /** Why not, by connector. */
  const reasons = new Map<string, string>()
  const isEnded = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  for (let hopes = true; hopes && ledger.connectors.size > 0 && !signal.aborted; ) {
    const round = Promise.all([...ledger.connectors].map((of) => askOnce(of, parts, { taken, reasons })))
    const hoped = await Promise.race([round, isEnded])
    hopes = ledger.connectors.size > 0 && (hoped?.includes(true) ?? false)
    if (!hopes) break
    const pause = Promise.withResolvers<void>()
    const timer: Timer = clock.after(againMs, pause.resolve)
    await Promise.race([pause.promise, isEnded])
    timer.cancel()
  }
  const left = [...ledger.connectors].flatMap((of) => ledger.openAt(of)).map(({ address }) => address)
  const reason = [...reasons.values()][0]
  return {
    ...{ taken: sortedOnce(taken), left: sortedOnce(left) },
    ...(left.length > 0 && reason !== undefined && { reason }),
  }
}

/** Whether asking again may help. */
async function askOnce(
  of: string,
  { ledger, log, takeBack }: FarewellParts,
  { taken, reasons }: { readonly taken: string[]; readonly reasons: Map<string, string> },
): Promise<boolean> {
  const answer = await takeBack(of).catch((error: Error) => error)
  const rows = answer instanceof Error ? [] : answer
  const done = rows.filter(isTaken).map(({ row }) => row.address)
  taken.push(...done)
  if (done.length > 0) log.info('what the hub wrote here was taken back', { connector: of, addresses: done })
  const refused = rows.filter((one) => !isTaken(one)).map(({ outcome }) => outcome)
  const reason = answer instanceof Error ? answer.message : refused.map(wordsOf)[0]
  if (reason === undefined) {
    reasons.delete(of)
    return false
  }
  const hopes =
    answer instanceof Error
      ? !(answer instanceof ConnectorFailure && answer.kind === 'misconfigured')
      : refused.some(({ kind }) => kind !== 'rejected')
  if (reasons.get(of) !== reason) {
    const addresses = ledger.openAt(of).map(({ address }) => address)
    const again = hopes ? 'it is tried again until it can' : 'trying again would not help'
    log.warn(`what the hub wrote here could not be taken back; ${again}`, {
      ...{ connector: of, addresses, reason },
    })
  }
  reasons.set(of, reason)
  return hopes
}

function wordsOf(outcome: TakenRow['outcome']): string {
  return 'reason' in outcome ? outcome.reason : outcome.kind
}

function sortedOnce(addresses: readonly string[]): readonly string[] {
  return [...new Set(addresses)].sort()
}
