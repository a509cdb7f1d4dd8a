import type { StateView, TargetStatus, TargetView } from '../../../src/core/view.ts'
import { asPhrase, asSentence, pairLabel } from './presence-words.ts'
import { clockText } from './time.ts'

/** Two words for a badge. */
export const statusLabels: Record<TargetStatus, string> = {
  idle: 'Nothing to write',
  pending: 'Waiting',
  applied: 'Written by us',
  covered: 'Shown by itself',
  masked: 'Hidden',
  yielded: 'Left to the person',
  deferred: 'Told to wait',
  rejected: 'Refused',
  lost: 'Source lost',
  contested: 'Contested',
}

const slotLabels: Record<string, string> = {
  session: 'call or presentation',
  preferred: 'chosen status',
  dnd: 'do not disturb',
}

/** What a connector calls a slot, in words; a slot of a connector we do not know keeps its name. */
export function slotLabel(slot: string): string {
  return slotLabels[slot] ?? slot
}

const sentences: Record<TargetStatus, (wanted: string) => string> = {
  idle: () => 'Nothing has to be shown here.',
  pending: (wanted) => `${wanted} will be written as soon as the system has answered.`,
  applied: (wanted) => `We show ${wanted} here.`,
  covered: (wanted) => `The system shows as much as ${wanted} by itself; nothing was written.`,
  masked: (wanted) => `We set ${wanted}, but something else is shown.`,
  yielded: () => 'A person chose this; we leave it.',
  deferred: (wanted) => `The system asked us to wait before ${wanted} is written.`,
  rejected: (wanted) => `The system does not accept ${wanted}.`,
  lost: () => 'The source cannot be heard. What we wrote runs out or is taken back later.',
  contested: () => 'Somebody else keeps changing what we write; we leave it alone for a while.',
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
  const wanted = target.wanted ? `“${pairLabel(target.wanted)}”` : 'the state'
  const when = target.at === undefined ? '' : ` Written at ${clockText(target.at, now)}.`
  const detail = target.detail ? ` ${asSentence(target.detail)}` : ''
  return `${sentences[target.status](wanted)}${detail}${when}`
}

/** Flags and notes beside a state, in words: for tooltips and screen readers. */
export function flagTexts(state: StateView, now: number): readonly string[] {
  const flags: string[] = []
  if (state.ringing) flags.push('Ringing')
  if (state.outOfOffice && state.activity !== 'outOfOffice') flags.push('Out of office')
  if (state.doNotDisturb && state.availability !== 'doNotDisturb') flags.push('Do not disturb is on')
  if (state.chosen === 'yes') flags.push('Chosen by the person')
  if (state.note) {
    const since = state.noteSince === undefined ? '' : ` since ${clockText(state.noteSince, now)}`
    flags.push(`${asPhrase(state.note)}${since}`)
  }
  return flags
}
