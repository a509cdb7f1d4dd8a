import type { StateView, SystemView } from '../../../src/core/view.ts'
import { type StateKind, stateKind } from '../board/state-kind.ts'
import { english } from '../language/english.ts'
import { words } from '../language/words.ts'

export interface ShownState {
  readonly kind: StateKind
  readonly label: string
}

/** What one system shows of a person; a system that cannot be heard is never shown as it was. */
export function shownState(system: SystemView): ShownState {
  const { notSetUp, notReachable, states } = words().codes
  if (system.addresses.length === 0) return { kind: 'noAddress', label: notSetUp }
  if (!system.synced) return { kind: 'unheard', label: notReachable }
  if (!system.native) return { kind: 'unknown', label: states.unknown }
  return { kind: stateKind(system.native), label: stateLabel(system.native) }
}

/** The state by its code; a label by which the hub says something else than the code is kept where it is not known. */
export function stateLabel({ absent, activity, label }: StateView): string {
  const { codes } = words()
  if (absent) return codes.absent[absent]
  if (label === english.codes.states[activity]) return codes.states[activity]
  const own: Readonly<Record<string, string>> = codes.ownLabels
  return own[label] ?? label
}
