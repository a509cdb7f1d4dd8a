import type { StateView, TargetStatus, TargetView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { asPhrase, asSentence, pairLabel } from './presence-words.ts'
import { clockText } from './time.ts'

/** What a connector calls a slot, in words; a slot of a connector we do not know keeps its name. */
export function slotLabel(slot: string): string {
  const known: Readonly<Record<string, string>> = words().codes.slots
  return known[slot] ?? slot
}

/** Worst first: what the one mark of a chip stands for, when a system has several targets. */
const importance: readonly TargetStatus[] = [
  'rejected',
  'contested',
  'masked',
  'lost',
  'deferred',
  'pending',
  'yielded',
  'applied',
  'covered',
  'idle',
]

export function leadingTarget(targets: readonly TargetView[]): TargetView | undefined {
  let leading: TargetView | undefined
  for (const target of targets) {
    if (!leading || importance.indexOf(target.status) < importance.indexOf(leading.status)) leading = target
  }
  return leading
}

/** What became of a target, as a person would say it. */
export function targetText(target: TargetView, now: number): string {
  const { quoted, theState, targets, writtenAt } = words().codes
  const wanted = target.wanted ? quoted(pairLabel(target.wanted)) : theState
  const when = target.at === undefined ? '' : ` ${writtenAt(clockText(target.at, now))}`
  const detail = target.detail ? ` ${asSentence(target.detail)}` : ''
  return `${targets[target.status](wanted)}${detail}${when}`
}

/** Flags and notes beside a state, in words: for tooltips and screen readers. */
export function flagTexts(state: StateView, now: number): readonly string[] {
  const { ringing, states, dndOn, chosenByPerson, since } = words().codes
  const flags: string[] = []
  if (state.ringing) flags.push(ringing)
  if (state.outOfOffice && state.activity !== 'outOfOffice') flags.push(states.outOfOffice)
  if (state.doNotDisturb && state.availability !== 'doNotDisturb') flags.push(dndOn)
  if (state.chosen === 'yes') flags.push(chosenByPerson)
  if (state.note) {
    const when = state.noteSince === undefined ? '' : since(clockText(state.noteSince, now))
    flags.push(`${asPhrase(state.note)}${when}`)
  }
  return flags
}
