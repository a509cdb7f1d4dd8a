import type { Outcome, Publication, WriteAs, WriteSlot } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import { AVAILABLE, isSelectable, presenceLabel, presenceName, samePresence } from '../../core/presence.ts'
import { type ErrorSubject, explainGraph } from './errors.ts'
import type { GraphClient, GraphReply } from './graph.ts'
import { writeWords } from './vocabulary.ts'

export const writePermission = 'Presence.ReadWrite.All'

/** setPresence takes 5 minutes to 4 hours (learn.microsoft.com/graph/api/presence-setpresence). */
const shortestMs = 5 * 60_000
const longestMs = 4 * 3_600_000
const timeoutMs = 3_000
/** A write that got no turn in this time goes back to the hub, which may want something else by then. */
const patienceMs = 2_000
const signInRetryMs = 60_000
/** Nothing is asked of Microsoft for it: whoever signs in again is shown soon. */
const ownRetryMs = 15_000

/** An ISO 8601 duration of whole seconds; Graph's pattern allows hours, minutes and seconds. */
export function isoDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor((seconds % 3600) / 60), 'M'],
    [seconds % 60, 'S'],
  ] as const
  const text = parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join('')
  return `PT${text || '0S'}`
}

export interface WriteCall {
  readonly call: 'setPresence' | 'clearPresence' | 'setUserPreferredPresence' | 'clearUserPreferredPresence'
  readonly body: Readonly<Record<string, unknown>>
}

interface Subject {
  readonly clientId: string
  readonly slots: readonly WriteSlot[]
}

export type Planned = WriteCall | { readonly reject: string; readonly fix: string }

/** Canonical to Graph, pure: the one call that a publication becomes, or why it becomes none. */
export function planWrite(publication: Publication, { clientId, slots }: Subject): Planned {
  const slot = slots.find((each) => each.slot === publication.slot)
  if (!slot) {
    return {
      reject: `Teams has no slot "${publication.slot}".`,
      fix: `Use ${slots.map((each) => each.slot).join(' or ')}.`,
    }
  }
  const { state } = publication
  if (publication.act === 'withdraw') {
    if (slot.slot === 'session') return { call: 'clearPresence', body: { sessionId: clientId } }
    // Available as a preferred state would hide calls and meetings from then on; the person never chose that.
    if (!isSelectable(state) || samePresence(state, AVAILABLE)) {
      return { call: 'clearUserPreferredPresence', body: {} }
    }
  }
  const words = writeWords(state)
  const allowed = publication.act === 'withdraw' || slot.states.some((each) => samePresence(each, state))
  if (!words || !allowed) {
    return {
      reject: `Teams does not take ${presenceName(state)} in the slot ${slot.slot}.`,
      fix: `Choose one of ${slot.states.map(presenceLabel).join(', ')} in the table of the link.`,
    }
  }
  const lifeMs = publication.lifeMs ?? (slot.expiry.kind === 'native' ? slot.expiry.lifeMs : longestMs)
  if (slot.slot === 'session') {
    const expirationDuration = isoDuration(Math.min(longestMs, Math.max(shortestMs, lifeMs)))
    return { call: 'setPresence', body: { sessionId: clientId, ...words, expirationDuration } }
  }
  const expirationDuration = isoDuration(Math.max(shortestMs, lifeMs))
  return { call: 'setUserPreferredPresence', body: { ...words, expirationDuration } }
}

export interface WriteParts {
  readonly graph: GraphClient
  readonly clock: Clock
  readonly subject: ErrorSubject
  readonly slots: readonly WriteSlot[]
  /** With whose sign-in; the application's own where left out. */
  readonly writeAs?: WriteAs
  /** Nobody else may take back what was written so. */
  readonly alone?: boolean
}

/** Sends a publication; never throws. */
export async function write(publication: Publication, parts: WriteParts): Promise<Outcome> {
  const { graph, clock, subject, slots, writeAs, alone } = parts
  const plan = planWrite(publication, { clientId: subject.clientId, slots })
  if ('reject' in plan) return { kind: 'rejected', reason: plan.reject, fix: plan.fix }
  const request = {
    call: plan.call,
    priority: publication.act === 'withdraw' ? 'withdraw' : 'write',
    method: 'POST',
    path: `/users/${encodeURIComponent(publication.address)}/presence/${plan.call}`,
    body: JSON.stringify(plan.body),
    ...({ timeoutMs, patienceMs, together: true } as const),
  } as const
  const own = await writeAs?.(publication.address)
  // What we wrote may be taken back by the application itself, where it is allowed to.
  if (own && 'refused' in own && (alone || publication.act === 'assert')) return notSignedIn(own)
  const send = (bearer: string | undefined) =>
    graph.send({ ...request, ...(bearer !== undefined && { bearer }) })
  const bearer = own && 'token' in own ? own.token : undefined
  const reply = await send(bearer)
  if (own && 'refused' in own && reply.kind === 'refused' && reply.refusal.status === 403)
    return notSignedIn(own)
  if (reply.kind !== 'refused' || reply.refusal.status !== 401 || bearer === undefined || !writeAs)
    return judge(reply, plan.call, { clock, subject })
  const next = await writeAs(publication.address, { refused: bearer })
  if (next && 'refused' in next) return notSignedIn(next)
  return judge(await send(next?.token), plan.call, { clock, subject })
}

/** Nothing was sent. Not refused for good: as soon as the person has signed in again, the same is wanted again. */
function notSignedIn({ refused: reason, retryAfterMs = ownRetryMs }: NotSignedIn): Outcome {
  return { kind: 'deferred', reason, retryAfterMs }
}

type NotSignedIn = Extract<Awaited<ReturnType<WriteAs>>, { readonly refused: string }>

function judge(
  reply: GraphReply,
  call: WriteCall['call'],
  { clock, subject }: Pick<WriteParts, 'clock' | 'subject'>,
): Outcome {
  switch (reply.kind) {
    case 'ok':
      return { kind: 'applied', at: clock.wall(), answerMs: clock.monotonic() - reply.sentAt }
    case 'wait':
      return { kind: 'deferred', reason: reply.reason, retryAfterMs: reply.retryAfterMs }
    case 'trouble':
      return { kind: 'failed', reason: reply.reason, ...(reply.late && { late: true }) }
    case 'signedOut': {
      const { message, retryAfterMs } = reply.failure
      return { kind: 'deferred', reason: message, retryAfterMs: retryAfterMs ?? signInRetryMs }
    }
    case 'refused': {
      const { refusal } = reply
      const { reason, fix } = explainGraph(refusal, writePermission, subject)
      if (refusal.status === 404 && call === 'clearPresence') return { kind: 'unchanged', at: clock.wall() }
      if (refusal.status === 401) return { kind: 'deferred', reason, retryAfterMs: signInRetryMs }
      return { kind: 'rejected', reason, fix }
    }
  }
}
