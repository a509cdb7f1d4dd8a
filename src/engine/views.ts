import { decideBoard, readPoint } from '../core/board.ts'
import type { Pause } from '../core/pause.ts'
import { currentPauses } from '../core/pause.ts'
import type { Policy } from '../core/policy.ts'
import { type Presence, presenceLabel, presenceName, samePresence } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import { isSynced } from '../core/presentity.ts'
import type { PersonView, StateView, SystemView, TargetView } from '../core/view.ts'
import { viewAbsence } from './absence.ts'
import type { Actor } from './actor.ts'
import { slotKey } from './actor.ts'
import { nativeNote } from './native-note.ts'
import type { System } from './system.ts'

export interface ViewContext {
  readonly now: number
  readonly policy: Policy
  readonly system: (connector: string) => System | undefined
  /** Left out for what is told of the past. */
  readonly revisionOf?: (actor: Actor) => number
}

/** A person as the board and the API show them. */
export function viewPerson(actor: Actor, context: ViewContext): PersonView {
  const { presentity } = actor
  const board = decideBoard({ points: presentity.points, policy: context.policy, now: context.now })
  const connectors = [...new Set(presentity.points.map((point) => point.connector))]
  return {
    tenant: presentity.tenant,
    id: presentity.id,
    upn: presentity.upn,
    displayName: presentity.displayName,
    state: {
      availability: board.state.availability,
      activity: board.state.activity,
      label: presenceLabel(board.state),
      outOfOffice: board.outOfOffice,
      ringing: board.ringing,
      doNotDisturb: board.doNotDisturb,
      ...viewReason(board.from, board.state),
      ...(board.since !== undefined && { since: Math.round(board.since) }),
    },
    ...viewPauses(presentity.pauses, context.now),
    systems: connectors.flatMap((connector) => viewSystem(actor, connector, context)),
    revision: context.revisionOf?.(actor) ?? actor.revision,
  }
}

/** Nothing while nothing pauses. */
function viewPauses(pauses: readonly Pause[] | undefined, now: number): Pick<PersonView, 'paused'> {
  const current = currentPauses(pauses, now)
  if (current.length === 0) return {}
  const paused = current.map(({ link, from, until, off }) => ({
    ...(link !== undefined && { link }),
    since: Math.round(from),
    ...(until !== undefined && { until: Math.round(until) }),
    ...(off && { off }),
  }))
  return { paused }
}

function viewSystem(actor: Actor, connector: string, context: ViewContext): SystemView[] {
  const system = context.system(connector)
  if (!system) return []
  const points = actor.presentity.points.filter((point) => point.connector === connector)
  const heard = points.filter((point) => point.feeds.length > 0)
  const native = heard.length > 0 ? viewNative(points, actor, context) : undefined
  return [
    {
      connector,
      type: system.manifest.id,
      title: system.manifest.title,
      kind: system.manifest.kind,
      addresses: points.map((point) => point.address),
      ...(native && { native }),
      synced: points.every(isSynced),
      targets: points.flatMap((point) => viewTargets(actor, point, system)),
    },
  ]
}

function viewNative(points: readonly Point[], actor: Actor, context: ViewContext): StateView {
  const input = { points, policy: context.policy, now: context.now }
  const said =
    points.length === 1
      ? readPoint(points[0]!, { ...input, points: actor.presentity.points })
      : decideBoard(input)
  const system = context.system(points[0]!.connector)
  const note = points.map((point) => nativeNote(point, system, context.now)).find(Boolean)
  const chosen = points.find((point) => point.native)?.native?.chosen
  return {
    availability: said.state.availability,
    activity: said.state.activity,
    label: presenceLabel(said.state),
    ...viewAbsence(points),
    ...viewReason(
      points.find(({ native }) => native?.reason !== undefined),
      said.state,
    ),
    ...(chosen && { chosen }),
    outOfOffice: said.outOfOffice,
    ringing: said.ringing,
    doNotDisturb: said.doNotDisturb,
    ...(said.since !== undefined && { since: Math.round(said.since) }),
    ...(note && { note: note.note, noteSince: Math.round(note.since) }),
  }
}

/** A word for another state than the one that is shown (a call above a break) is none for this. */
function viewReason(point: Point | undefined, shown: Presence): Pick<StateView, 'reason'> {
  const { reason, state } = point?.native ?? {}
  return reason !== undefined && state && samePresence(state, shown) ? { reason } : {}
}

function viewTargets(actor: Actor, point: Point, system: System): TargetView[] {
  return system.slots.flatMap((slot) => {
    const state = actor.slots?.get(slotKey(point, slot.slot))
    if (!state) return []
    return [
      {
        address: point.address,
        slot: slot.slot,
        ...(state.wanted && { wanted: presenceName(state.wanted) }),
        status: state.status,
        ...(state.detail !== undefined && { detail: state.detail }),
        ...(state.writtenAt !== undefined && { at: state.writtenAt }),
      },
    ]
  })
}
