import Type, { type Static } from 'typebox'
import { replayNote } from '../core/history.ts'
import type { HistoryPort } from '../core/history-port.ts'
import { HttpProblem } from './problem.ts'
import type { Route, Seen } from './route.ts'
import { whoAsks } from './who.ts'

const moment = (title: string) =>
  Type.Integer({ title, minimum: 0, maximum: 8.64e15, description: 'Milliseconds since 1970.' })

const lookBody = Type.Object(
  {
    tenant: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the tenant.' }),
    from: moment('From'),
    to: moment('To'),
  },
  { additionalProperties: false, title: 'Replay' },
)

/** `hookswitch replay` reads the store beside the hub, and tells the hub of it first. */
export function createReplayNoteRoute(historyOf: Seen<HistoryPort>): Route {
  return {
    method: 'POST',
    path: '/audit/replay',
    operationId: 'noteReplay',
    summary: 'Note in the audit log that the history of a tenant is about to be replayed',
    description: 'For the command line, which reads the store itself.',
    scope: 'admin',
    about: 'tenant',
    body: { ...lookBody },
    answers: { 200: { description: 'Noted.', schema: Type.Object({ noted: Type.Boolean() }) } },
    handle: async (request) => {
      const { tenant, from, to } = request.body as Static<typeof lookBody>
      const history = historyOf(request)
      if (!history.policies().some((one) => one.tenant === tenant)) {
        throw new HttpProblem(404, `There is no tenant "${tenant}".`)
      }
      const [begin, end] = [from, to].map((at) => new Date(at).toISOString())
      await history.note(replayNote(tenant, whoAsks(request), { from: begin!, to: end! }))
      return { noted: true }
    },
  }
}
