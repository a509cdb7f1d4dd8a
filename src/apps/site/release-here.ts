import type { LedgerRow } from '../../core/ports.ts'
import type { ReleaseReport } from '../../core/view.ts'
import type { SiteLedger } from './site-ledger.ts'
import { isTaken, type TakenRow } from './take-back.ts'

export interface ReleaseParts {
  readonly ledger: SiteLedger
  /** Ends the link and keeps it so until what it answers is called. */
  readonly hold: (reason: string) => () => void
  readonly takeBack: (connector: string, about: { readonly address?: string }) => Promise<readonly TakenRow[]>
}

/**
 * Takes back what was written at a running site, of one address or of all. The link is down meanwhile, so that the hub hears
 * of the release before it hears of the phones.
 */
export async function releaseHere(
  who: string | 'all',
  { ledger, hold, takeBack }: ReleaseParts,
): Promise<ReleaseReport> {
  const isAbout = ({ presentity }: LedgerRow) => who === 'all' || presentity === who.toLowerCase()
  const wanted = [...ledger.connectors].filter((of) => ledger.openAt(of).some(isAbout))
  if (wanted.length === 0) return { released: [], remaining: 0 }
  const goOn = hold('somebody takes back at the site what was written there')
  try {
    const each = wanted.map(async (of) => {
      const rows = ledger.openAt(of).filter(isAbout)
      try {
        return await takeBack(of, who === 'all' ? {} : { address: who })
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        return rows.map((row): TakenRow => ({ row, outcome: { kind: 'failed', reason } }))
      }
    })
    const released = (await Promise.all(each)).flat()
    return { released, remaining: released.filter((one) => !isTaken(one)).length }
  } finally {
    goOn()
  }
}
