import type { SystemView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { asSentence } from './presence-words.ts'
import { shownState, stateLabel } from './state-label.ts'
import { readableAddresses } from './system-titles.ts'
import { flagTexts, targetText } from './target-words.ts'
import { clockText } from './time.ts'

/** Everything about one system of a person, a sentence a line. */
export function systemSentences(system: SystemView, title: string, now: number): readonly string[] {
  const { codes } = words()
  const shown = shownState(system)
  const addresses = readableAddresses(system.addresses)
  const where = addresses.length > 0 ? ` (${addresses.join(', ')})` : ''
  const reason = system.synced && system.native?.reason ? ` (${system.native.reason})` : ''
  const since = system.synced && system.native?.since
  const sentences = [
    `${title}${where}: ${shown.label}${reason}${since ? codes.since(clockText(since, now)) : ''}.`,
  ]
  if (!system.synced && system.addresses.length > 0) {
    const last = system.native ? codes.lastHeard(stateLabel(system.native)) : ''
    sentences.push(`${codes.notHeard}${last}`)
  }
  if (system.synced && system.native) sentences.push(...flagTexts(system.native, now).map(asSentence))
  const told = system.targets.filter(({ status }) => status !== 'idle')
  sentences.push(...told.map((target) => targetText(target, now)))
  return [...new Set(sentences)]
}
