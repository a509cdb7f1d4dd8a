import { type Lab, startLab } from '../../src/lab/lab.ts'
import type { Role } from '../../src/lab/microsoft/application.ts'
import { sample, sampleTenant } from '../../src/lab/sample.ts'
import { bareCaller } from './graph-watch/watch.ts'

const running: Lab[] = []

/** Stops every lab that was started here; for afterEach. */
export async function labStops(): Promise<void> {
  await Promise.all(running.splice(0).map((lab) => lab.stop()))
}

export async function startSampleLab(
  options: { roles?: readonly Role[]; certificates?: string[] } = {},
): Promise<Lab> {
  const tenant = sampleTenant()
  const applications = tenant.applications.map((application) => ({ ...application, ...options }))
  const lab = await startLab({ tenants: [{ ...tenant, applications }] })
  running.push(lab)
  return lab
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  readonly json: any
}

/** A bare caller of the emulated Graph. */
export interface GraphCaller {
  readonly lab: Lab
  readonly token: string
  with(token: string): GraphCaller
  /** Object id of a sample person by first name. */
  idOf(name: string): string
  send(
    method: string,
    path: string,
    init: { body?: string; headers?: Record<string, string> },
  ): Promise<Answer>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body: object): Promise<Answer>
}

function callerOf(lab: Lab, token: string): GraphCaller {
  const send: GraphCaller['send'] = async (method, path, { body, headers }) => {
    const url = path.startsWith('http') ? path : `${lab.graphUrl}/v1.0/${path}`
    const authorization = token ? { authorization: `Bearer ${token}` } : {}
    const answer = await fetch(url, {
      method,
      headers: { ...authorization, ...bareCaller, ...headers },
      ...(body !== undefined && { body }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, json: text ? JSON.parse(text) : undefined }
  }
  return {
    lab,
    token,
    with: (other) => callerOf(lab, other),
    idOf: (name) => lab.people.find(`${name}@${sample.domain}`)!.person.user.id,
    send,
    get: (path, headers = {}) => send('GET', path, { headers }),
    post: (path, body) =>
      send('POST', path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }
}

export function askToken(
  lab: Lab,
  changes: Record<string, string | undefined> = {},
  tenant?: string,
): Promise<Response> {
  const form = {
    grant_type: 'client_credentials',
    client_id: sample.clientId,
    client_secret: sample.clientSecret,
    scope: 'https://graph.microsoft.com/.default',
    ...changes,
  }
  const said = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return fetch(`${lab.loginUrl}/${tenant ?? sample.entraTenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(said),
  })
}

export async function signIn(lab: Lab): Promise<GraphCaller> {
  const { access_token: token } = (await (await askToken(lab)).json()) as { access_token: string }
  return callerOf(lab, token)
}
