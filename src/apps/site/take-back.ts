import type { Outcome, WriteSlot } from '../../core/connector.ts'
import type { Contribution } from '../../core/ledger.ts'
import type { Clock, LedgerRow } from '../../core/ports.ts'
import type { SiteConnector } from './site-connector.ts'
import type { SiteLedger } from './site-ledger.ts'

/** So many are under way at once: a slow phone system must not make it take hours. */
const atOnce = 16

/** What became of one row of the ledger. */
export interface TakenRow {
  readonly row: LedgerRow
  readonly outcome: Outcome
}

export interface TakeBackParts {
  readonly connector: SiteConnector
  readonly ledger: SiteLedger
  readonly clock: Clock
  readonly ending: 'released' | 'expired'
  /** Resolves when no write of the hub is under way there. */
  readonly written: (row: LedgerRow) => Promise<unknown>
}

/** True where nothing is left to be taken back. */
export function isTaken({ outcome }: TakenRow): boolean {
  return outcome.kind === 'applied' || outcome.kind === 'unchanged'
}

/** Takes these rows back at their phone system, and closes those where that was answered. Never rejects but for the disk. */
export async function takeBackRows(
  rows: readonly LedgerRow[],
  parts: TakeBackParts,
): Promise<readonly TakenRow[]> {
  const taken: TakenRow[] = []
  const left = rows.values()
  const work = async () => {
    for (const row of left) {
      await parts.written(row)
      taken.push({ row, outcome: await takeBackRow(row, parts) })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return taken
}

async function takeBackRow(row: LedgerRow, { connector, ledger, clock, ending }: TakeBackParts) {
  const slot = connector.slots.find((one) => one.slot === row.slot)
  const { expiresAt } = JSON.parse(row.body) as Partial<Contribution>
  if (expiresAt !== undefined && expiresAt <= clock.wall()) {
    await ledger.end(row, 'expired')
    return { kind: 'unchanged', at: clock.wall() } as const
  }
  const outcome = await withdraw(row, connector, slot)
  if (isTaken({ row, outcome })) await ledger.end(row, ending)
  return outcome
}

async function withdraw(
  row: LedgerRow,
  { instance }: SiteConnector,
  slot: WriteSlot | undefined,
): Promise<Outcome> {
  if (!slot || !instance.publish) {
    return { kind: 'rejected', reason: `the connector at the site cannot write ${row.slot}` }
  }
  const { address } = row
  return instance.publish({
    ...{ id: `${row.id}:release`, address, slot: slot.slot },
    ...{ act: 'withdraw', state: slot.neutral, refresh: false },
  })
}
