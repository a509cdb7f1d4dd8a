import type { ChoiceChange } from '../core/choice.ts'
import { choiceOf, hideChoice, settleChoice } from '../core/choice.ts'
import type { Link, Policy } from '../core/policy.ts'
import { samePresence } from '../core/presence.ts'
import type { Base, Effect, Point } from '../core/presentity.ts'
import type { Actor } from './actor.ts'
import { personPolicy } from './turn.ts'

/** What of a link decides what a choice means over it. */
type LinkTable = Pick<Link, 'from' | 'to' | 'rows' | 'ignoreIdle' | 'people'>

/** Which links of the edited rules give a choice another meaning than those of the time. */
export function changedTables(was: Policy, is: Policy): ReadonlySet<string> {
  const before = new Map(was.links.map((link) => [link.id, tableText(link)]))
  return new Set(is.links.filter((link) => before.get(link.id) !== tableText(link)).map(({ id }) => id))
}

function tableText({ from, to, rows, ignoreIdle, people }: LinkTable): string {
  return JSON.stringify([from, to, rows, ignoreIdle, people && [...people].sort()])
}

interface Shadow {
  base: Base | undefined
  effects: Map<string, Effect> | undefined
}

/**
 * What choices would mean under edited rules, for one person, row by row: over links whose table is as it was, what it
 * meant then; over the others, worked out again from each native change of the choice that the rows show.
 */
export class ReplayEffects {
  readonly #shadows = new Map<string, Shadow>()

  /** Puts the edited meaning into the actor of the next row. */
  apply(actor: Actor, edited: Policy, changed: ReadonlySet<string>): void {
    if (changed.size === 0) return
    const links = personPolicy(actor, edited).links
    for (const point of actor.presentity.points) this.#applyAt(point, links, changed)
  }

  #applyAt(point: Point, links: readonly Link[], changed: ReadonlySet<string>): void {
    const key = `${point.connector}\n${point.address}`
    const own = links.filter((link) => link.from === point.connector && changed.has(link.id))
    const shadow = this.#shadows.get(key) ?? firstOf(point)
    this.#shadows.set(key, shadow)
    const kept = [...(point.effects ?? [])].filter(([id]) => !changed.has(id))
    const scratch: Point = { ...point, base: shadow.base, effects: shadow.effects }
    follow(scratch, point, own)
    shadow.base = point.base
    shadow.effects = scratch.effects
    const worked = [...(scratch.effects ?? [])].filter(([id]) => own.some((link) => link.id === id))
    point.effects = kept.length + worked.length > 0 ? new Map([...kept, ...worked]) : undefined
  }
}

/** The first row tells what is chosen, not what was before: nothing is taken back that nobody saw. */
function firstOf({ base }: Point): Shadow {
  return { base, effects: undefined }
}

/** One step from the row before to this one, by the rules of choices. */
function follow(scratch: Point, now: Point, links: readonly Link[]): void {
  const { base } = now
  if (!base) return
  const before = scratch.base
  const moved = !before || before.at !== base.at || !samePresence(before.state, base.state)
  if (moved && base.by === 'native') {
    settleChoice(scratch, base.state, changeAt(now, base.at, links))
  } else if (moved) {
    scratch.base = base
    if (base.by === 'hub') scratch.effects = undefined
  }
  const shown = now.hiddenSince === undefined ? now.native?.state : undefined
  if (shown && choiceOf(shown) === undefined) hideChoice(scratch, shown, links)
  // In view again, or from the beginning: it means what it means since it was made.
  else if (!moved) settleChoice(scratch, base.state, changeAt(now, base.at, links))
}

function changeAt({ native, changedBy }: Point, at: number, links: readonly Link[]): ChoiceChange {
  return {
    at,
    origin: changedBy ?? 'person',
    // What is read at a phone was pressed there.
    chosen: native?.chosen ?? 'yes',
    outOfOffice: native?.outOfOffice ?? false,
    links,
  }
}
