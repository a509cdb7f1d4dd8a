import type { Contribution, Ending } from '../core/ledger.ts'
import type { LedgerRow } from '../core/ports.ts'
import { presenceName } from '../core/presence.ts'
import type { ExplainView } from '../core/view.ts'
import { readContribution } from './serialize.ts'

type Entry = ExplainView['history'][number]

/** Endings that needed no request: what we wrote was over, and that was seen. */
const seenOnly: readonly (Ending | undefined)[] = ['yielded', 'expired', 'gone', 'signedOut']

/** What was written at one place, and what became of it, newest first. */
export function explainRow(row: LedgerRow): readonly Entry[] {
  const contribution: Contribution = readContribution(row.body)
  const { act, cause, intentAt, ackAt, endIntentAt, endAckAt, ending } = contribution
  const { connector, address, slot } = row
  const common = { connector, address, slot, because: cause.text }
  const state = presenceName(contribution.state)
  const events: Entry[] = []
  if (act === 'assert') {
    events.push({ ...common, at: Math.round(intentAt), did: `wrote ${state}`, ...answer(ackAt) })
  }
  if (endIntentAt !== undefined) {
    const did = act === 'clear' ? `took away ${state}` : endingText(contribution, state)
    const outcome = seenOnly.includes(ending) ? { outcome: 'seen' } : answer(endAckAt)
    events.push({ ...common, at: Math.round(endIntentAt), did, ...outcome })
  }
  return events.reverse()
}

function answer(at: number | undefined): Pick<Entry, 'outcome' | 'answeredAt'> {
  return at === undefined
    ? { outcome: 'no answer yet' }
    : { outcome: 'acknowledged', answeredAt: Math.round(at) }
}

function endingText({ ending }: Contribution, state: string): string {
  switch (ending) {
    case 'yielded':
      return `left ${state}: a person decided otherwise`
    case 'expired':
      return `${state} ran out at the target`
    case 'gone':
      return `${state} is not there any more`
    case 'replaced':
      return `replaced ${state}`
    case 'signedOut':
      return `${state} ended: the person signed out there`
    case 'rejected':
      return `${state} was refused`
    default:
      return `took back ${state}`
  }
}
