import type { Absence } from '../core/observation.ts'
import type { Point, Reading } from '../core/presentity.ts'
import type { StateView } from '../core/view.ts'

const labels: Readonly<Record<Absence, string>> = {
  notEnabled: 'Not enabled',
  notLicensed: 'No licence',
  signedOut: 'Signed out',
}

/** What stands in the place of the state of a system that has none to show; undefined where it has one. */
export function absenceText({ absent }: Reading): string | undefined {
  return absent && labels[absent].toLowerCase()
}

/** Whether queues offer calls. */
export function queueText(paused: boolean): string {
  return paused ? 'paused in the queues' : 'takes calls of queues'
}

/** The same on the board: what is absent at every address of a system is absent there. */
export function viewAbsence(points: readonly Point[]): Partial<StateView> {
  const [first] = points
  if (first?.paused !== undefined) {
    return { label: points.every(({ paused }) => paused) ? 'Paused' : 'Takes calls' }
  }
  const absent = first?.native?.absent
  if (!absent || !points.every(({ native }) => native?.absent === absent)) return {}
  return { absent, label: labels[absent] }
}
