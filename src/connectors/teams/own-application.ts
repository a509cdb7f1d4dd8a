import { fieldsOf, readJson, textOf } from '../kit/http.ts'
import type { GraphClient } from './graph.ts'

/** Allows an application to read registrations, its own included. */
export const ownApplicationPermission = 'Application.Read.All'

export interface OwnApplication {
  readonly graph: GraphClient
  readonly clientId: string
  readonly secret: string
}

/**
 * When the client secret ends (wall clock, milliseconds), by the application's own registration
 * (learn.microsoft.com/graph/api/resources/passwordcredential). Of several secrets it is the one whose hint, its first
 * three characters, is ours; of several of those the last. Undefined where that is not told, or may not be asked.
 */
export async function readSecretEnd({
  graph,
  clientId,
  secret,
}: OwnApplication): Promise<number | undefined> {
  const reply = await graph.send({
    call: 'applications',
    priority: 'settle',
    method: 'GET',
    path: `/applications(appId='${encodeURIComponent(clientId)}')?$select=passwordCredentials`,
    timeoutMs: 10_000,
    patienceMs: 20_000,
  })
  if (reply.kind !== 'ok') return undefined
  const { passwordCredentials } = fieldsOf(readJson(reply.text))
  if (!Array.isArray(passwordCredentials)) return undefined
  const ends = passwordCredentials.flatMap((item) => {
    const { hint, endDateTime } = fieldsOf(item)
    const at = Date.parse(textOf(endDateTime) ?? '')
    return textOf(hint) === secret.slice(0, 3) && Number.isFinite(at) ? [at] : []
  })
  return ends.length > 0 ? Math.max(...ends) : undefined
}
