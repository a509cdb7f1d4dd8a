import { type Presence, presenceLabel } from '../../../core/presence.ts'
import { explainGraph } from '../errors.ts'
import type { GraphReply } from '../graph.ts'
import type { Settings } from '../settings.ts'

export const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`

export const shownAs = (state: Presence | undefined): string => (state ? presenceLabel(state) : 'nothing')

/** `refused with 403 (Forbidden)`, or why there was no answer. */
export function describeRefusal(reply: GraphReply): string {
  if (reply.kind === 'refused') {
    const { status, code } = reply.refusal
    return `refused with ${status}${code ? ` (${code})` : ''}`
  }
  return reply.kind === 'ok' ? `accepted (${reply.status})` : `not answered: ${reasonOf(reply)}`
}

function reasonOf(reply: Exclude<GraphReply, { kind: 'ok' | 'refused' }>): string {
  return reply.kind === 'signedOut' ? reply.failure.message : reply.reason
}

/** Why a request failed, and what to do. */
export function describeReply(
  reply: GraphReply,
  need: string,
  settings: Settings,
): { readonly reason: string; readonly fix: string } {
  if (reply.kind === 'refused') return explainGraph(reply.refusal, need, settings)
  if (reply.kind === 'ok') return { reason: 'the answer holds nothing', fix: 'Check graphUrl.' }
  const fix =
    reply.kind === 'signedOut'
      ? (reply.failure.fix ?? 'Run hookswitch check without --live first.')
      : 'Check the network and repeat the check.'
  return { reason: reasonOf(reply), fix }
}
