import type { PauseView } from '../../../src/core/pause.ts'
import type { PersonView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { ask } from '../live/http.ts'
import { clockText } from '../words/time.ts'

/** How long a pause may be; no field: until switched on. */
export interface PauseLength {
  readonly name: 'halfHour' | 'hour' | 'endOfDay' | 'open'
  readonly body: { readonly minutes?: number; readonly endOfDay?: true }
}

export const pauseLengths: readonly PauseLength[] = [
  { name: 'halfHour', body: { minutes: 30 } },
  { name: 'hour', body: { minutes: 60 } },
  { name: 'endOfDay', body: { endOfDay: true } },
  { name: 'open', body: {} },
]

type Whose = Pick<PersonView, 'upn' | 'tenant'>

const pathOf = ({ upn, tenant }: Whose) =>
  `/api/v1/people/${encodeURIComponent(upn)}/pause?tenant=${encodeURIComponent(tenant)}`

/** The board hears of the change over its event stream. */
export async function pausePerson(person: Whose, { body }: PauseLength): Promise<void> {
  await ask(pathOf(person), { method: 'PUT', body })
}

/** Switches everything on. */
export async function resumePerson(person: Whose): Promise<void> {
  await ask(pathOf(person), { method: 'DELETE' })
}

/** "Sync is paused until 14:30.", one sentence for each pause. */
export function pauseText({ link, until }: PauseView, now: number): string {
  return words().person.paused(link, until === undefined ? undefined : clockText(until, now))
}
