import type { ClusterNode } from './node.ts'

export interface Sent {
  readonly method?: string
  readonly body?: unknown
  readonly cookie?: string | undefined
  readonly token?: string
}

/** A request as a browser, or as a program with a token, sends it to one hub of several. */
export async function send(node: ClusterNode, path: string, { method, body, cookie, token }: Sent = {}) {
  const answer = await fetch(`${node.url}/api/v1${path}`, {
    method: method ?? 'GET',
    headers: {
      ...(cookie !== undefined && { cookie }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'manual',
  })
  const text = await answer.text()
  const cookieSet = answer.headers.get('set-cookie')?.split(';')[0]
  return {
    ...{ status: answer.status, text, cookie: cookieSet, headers: answer.headers },
    json: <T>() => JSON.parse(text) as T,
  }
}
