import type { Facet, Observation } from '../core/observation.ts'
import { isDoNotDisturb, samePresence } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import type { Actor, Input } from './actor.ts'
import type { Turn } from './work.ts'

/** How soon an address is read again that still shows what the hub wrote for its former owner, milliseconds. */
const readAgainMs = 5000

/** The address is this person's now, and may still show what we wrote there for somebody else. */
export function isTakenOver(actor: Actor, point: Point, turn: Turn): boolean {
  return !actor.retired?.has(point) && turn.formerWrites(point).length > 0
}

type FeedInput = Extract<Input, { type: 'observed' | 'replaced' }>

/** Leaves out what may be our own write for the former owner: no choice of the new one. It is read again later. */
export function withoutFormer(actor: Actor, input: FeedInput, turn: Turn): FeedInput | undefined {
  const { point } = input
  if (!isTakenOver(actor, point, turn)) return input
  const states = turn.formerWrites(point)
  const isFormer = (facet: Facet) => {
    if (facet.kind === 'dnd') return facet.on && states.some(isDoNotDisturb)
    return facet.kind === 'presence' && states.some((state) => samePresence(state, facet.state))
  }
  const isOwn = ({ facet }: Observation) => !isFormer(facet)
  const own = (input.type === 'observed' ? [input.observation] : input.observations).filter(isOwn)
  if (input.type === 'observed' ? own.length === 1 : own.length === input.observations.length) return input
  turn.work.reads.push({ point, at: turn.now + readAgainMs })
  return input.type === 'observed' ? undefined : { ...input, observations: own }
}
