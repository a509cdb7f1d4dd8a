import type { Voice } from '../core/decide.ts'
import type { Contribution } from '../core/ledger.ts'
import { openAt } from '../core/ledger.ts'
import { presenceName } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import type { SlotPlan } from '../core/project.ts'
import { byWhom, signedOutThere } from '../core/project.ts'
import { isSignedOut } from '../core/signed-out.ts'
import type { ExplainView } from '../core/view.ts'
import type { Actor } from './actor.ts'

/** What is wanted in a slot, in words. */
export function wantedText({ wanted }: SlotPlan): string {
  switch (wanted.act) {
    case 'set':
      return presenceName(wanted.state)
    case 'clear':
      return `no ${presenceName(wanted.state)}`
    case 'hold':
      return 'what we wrote last'
    case 'leave':
      return 'nothing of ours'
  }
}

/** Why: everything that is named here decides, so that without it something else would be wanted. */
export function becauseText(actor: Actor, point: Point, plan: SlotPlan): string {
  const { wanted, yielded, lost } = plan
  if (wanted.act === 'hold') {
    const kept = openAt(point.contributions, plan.slot.slot)
    return kept
      ? `${wanted.voice.text}, which keeps what was written for ${kept.cause.text}`
      : wanted.voice.text
  }
  if (wanted.act !== 'leave') return wanted.voice.text
  if (actor.retired?.has(point)) return 'the address is given up: what is ours there is taken back'
  if (isSignedOut(point)) return signedOutThere(point)
  if (yielded) return `it was changed there ${byWhom(point)}; we leave it`
  const reasons = new Set(lost.map(({ because }) => because))
  return reasons.size > 0 ? [...reasons].join('; ') : 'no source asks for anything'
}

/** Which link and row decided. */
export function ruleOf({ wanted }: SlotPlan): string | undefined {
  if (wanted.act === 'leave') return undefined
  const { link, row } = wanted.voice
  return row < 0 ? link : `${link}, row ${row + 1}`
}

/** What lost and why. What a row or a lost source keeps has not lost. */
export function lostVoices(
  point: Point,
  { slot, wanted, lost }: SlotPlan,
): ExplainView['decisions'][number]['lost'] {
  const kept = wanted.act === 'hold' ? openAt(point.contributions, slot.slot) : undefined
  return lost
    .filter(({ voice }) => !kept || !isCause(voice, kept))
    .map(({ voice, because }) => ({ signal: `${voice.link}: ${voice.text}`, because }))
}

function isCause(voice: Voice, { cause }: Contribution): boolean {
  return voice.link === cause.link && voice.kind === cause.kind && voice.at === cause.at
}
