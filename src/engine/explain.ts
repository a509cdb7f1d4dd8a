import { decideBoard, readPoint } from '../core/board.ts'
import { decide } from '../core/decide.ts'
import { callBackUntil, clockText } from '../core/emergency.ts'
import { currentPauses } from '../core/pause.ts'
import type { Policy } from '../core/policy.ts'
import type { LedgerRow } from '../core/ports.ts'
import { presenceLabel, presenceName } from '../core/presence.ts'
import type { Leg, Point } from '../core/presentity.ts'
import { lostSince } from '../core/presentity.ts'
import type { LostVoice } from '../core/project.ts'
import type { ExplainView } from '../core/view.ts'
import { absenceText, queueText } from './absence.ts'
import type { Actor } from './actor.ts'
import { slotKey } from './actor.ts'
import { barrier } from './barrier.ts'
import { explainRow } from './explain-history.ts'
import { becauseText, lostVoices, ruleOf, wantedText } from './explain-words.ts'
import { nativeNote } from './native-note.ts'
import { pauseText } from './pause.ts'
import type { System } from './system.ts'
import { personPolicy, planPoint } from './turn.ts'
import type { ViewContext } from './views.ts'
import { viewPerson } from './views.ts'

/** The answer to "why?", from the same inputs and the same rules as the decision itself. */
export function explainPerson(
  actor: Actor,
  context: ViewContext,
  history: readonly LedgerRow[],
): ExplainView {
  return {
    person: viewPerson(actor, context),
    at: Math.round(context.now),
    signals: [
      ...explainCallBack(actor, context.now),
      ...actor.presentity.points.flatMap((point) => explainSignals(actor, point, context)),
    ],
    decisions: [
      explainBoard(actor, context),
      ...actor.presentity.points.flatMap((point) => {
        const system = context.system(point.connector)
        return system && system.slots.length > 0 ? explainTarget(actor, point, { system, context }) : []
      }),
    ],
    history: history.flatMap(explainRow),
  }
}

type Signal = ExplainView['signals'][number]

function explainCallBack({ presentity }: Actor, now: number): Signal[] {
  const { callBack } = presentity
  const until = callBackUntil(presentity, now)
  if (!callBack || until === undefined) return []
  const { connector, address, at } = callBack
  const what = `called an emergency number: help may call back until ${clockText(until)}`
  return [{ connector, address, what, since: Math.round(at), heard: 'live' }]
}

function explainSignals(actor: Actor, point: Point, { system, now }: ViewContext): Signal[] {
  const lost = lostSince(point, actor.since)
  const heard = lost === undefined ? 'live' : 'lost'
  const common = { connector: point.connector, address: point.address }
  const signals: Signal[] = []
  const doubt = lost === undefined ? {} : { note: 'cannot be heard', noteSince: Math.round(lost) }
  const say = (what: string, since: number, more: Partial<Signal> = {}) => {
    signals.push({ ...common, what, since: Math.round(since), heard, ...doubt, ...more })
  }
  if (point.native) {
    const note = nativeNote(point, system(point.connector), now)
    say(
      (absenceText(point.native) ?? presenceName(point.native.state)) +
        (point.native.reason === undefined ? '' : ` (${point.native.reason})`) +
        (point.native.outOfOffice ? ', out of office' : ''),
      point.native.since,
      {
        ...(note && { note: note.note, noteSince: Math.round(note.since) }),
        ...(note?.hidden && { heard: 'hidden' }),
      },
    )
  }
  for (const leg of point.legs)
    say(legText(leg), leg.since, leg.state === 'terminated' ? { heard: 'ended' } : {})
  if (point.dnd !== undefined)
    say(`do not disturb ${point.dnd ? 'on' : 'off'}`, point.base?.at ?? actor.since)
  if (point.paused !== undefined) say(queueText(point.paused), point.base?.at ?? actor.since)
  if (point.registered !== undefined) say(point.registered ? 'registered' : 'not registered', actor.since)
  if (point.feeds.length === 0) say('nothing heard yet', actor.since, { heard: 'lost' })
  return signals
}

const legStates: Record<Leg['state'], string> = {
  trying: 'dialling',
  early: 'ringing',
  confirmed: 'talking',
  held: 'on hold',
  terminated: 'ended',
}

function legText(leg: Leg): string {
  const state = legStates[leg.state]
  if (leg.evidence === 'lamp') return `the lamp says ${state}`
  if (leg.featureCode) return `a feature code: ${legStates[leg.state]}`
  const party = leg.party === 'unknown' ? 'a party we cannot tell' : `an ${leg.party} party`
  return `${leg.direction === 'unknown' ? '' : `${leg.direction} `}call with ${party}: ${state}`
}

type Decided = ExplainView['decisions'][number]

/** The board is one more target: the strongest of what the systems say by themselves. */
function explainBoard({ presentity: { points } }: Actor, { policy, now }: ViewContext): Decided {
  const board = decideBoard({ points, policy, now })
  const others = points.filter((point) => point !== board.from)
  return {
    target: 'board',
    wanted: presenceName(board.state),
    because: board.from
      ? `${board.from.connector} ${board.from.address} says ${presenceLabel(board.state)}`
      : 'nothing was heard yet',
    rule: 'precedence',
    lost: others.map((point) => {
      const { state } = readPoint(point, { points, policy, now })
      const signal = `${point.connector} ${point.address}: ${presenceLabel(state)}`
      return { signal, because: 'weaker in the order of precedence, or says nothing by itself' }
    }),
    status: 'applied',
  }
}

function explainTarget(
  actor: Actor,
  point: Point,
  { system, context }: { system: System; context: ViewContext },
): Decided[] {
  const policy = personPolicy(actor, context.policy)
  const { plans, reviewAt } = planPoint(actor, point, { system, policy, now: context.now })
  const wait = barrier({ actor, target: point, system, policy, now: context.now })
  const pause = currentPauses(actor.presentity.pauses, context.now).find(({ link }) => link === undefined)
  const observed = onlyObserved(actor, point, { policy, now: context.now })
  return plans.map((plan) => {
    const state = actor.slots?.get(slotKey(point, plan.slot.slot))
    const rule = ruleOf(plan)
    return {
      target: `${point.connector} ${point.address}`,
      slot: plan.slot.slot,
      wanted: wantedText(plan),
      because: wait
        ? `waiting to hear ${wait.waitingFor} first`
        : pause
          ? `sync is paused ${pauseText(pause)}`
          : becauseText(actor, point, plan),
      ...(rule !== undefined && { rule }),
      lost: lostVoices(point, { ...plan, lost: [...plan.lost, ...observed] }),
      ...(reviewAt !== undefined && { reviewAt: Math.round(reviewAt) }),
      status: wait ? 'pending' : (state?.status ?? 'idle'),
      ...(state?.detail !== undefined && { detail: state.detail }),
    }
  })
}

/** What the links that write nothing would ask for. */
function onlyObserved(
  actor: Actor,
  point: Point,
  { policy, now }: { policy: Policy; now: number },
): readonly LostVoice[] {
  const observers = policy.links.filter(({ observeOnly }) => observeOnly)
  if (observers.length === 0 || actor.retired?.has(point)) return []
  const { points } = actor.presentity
  const { voices } = decide(point.connector, { points, policy, now, start: actor.since })
  return voices
    .filter(({ link }) => observers.some(({ id }) => id === link))
    .map((voice) => ({ voice, because: 'the link only observes' }))
}
