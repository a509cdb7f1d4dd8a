import type { Absence } from '../core/observation.ts'
import type { Point, Reading } from '../core/presentity.ts'
import type { StateView } from '../core/view.ts'

const labels: Readonly<Record<Absence, string>> = {
  notEnabled: 'Not enabled',
  notLicensed: 'No licence',
  signedOut: 'Signed out',
}

/** Stands beside the state of a system that the person has signed out of. */
export const signedOutNote =
  'signed out: nothing is shown or signalled there until the next sign-in; missed calls are logged only where the hub keeps a history'

/** What the person is told there when they sign out; short enough for a notice. */
export const signedOutNotice =
  'You have signed out here. Calls are not signalled here until you sign in again, and calls you miss meanwhile are not logged here: they are logged only where the hub keeps a history.'

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
