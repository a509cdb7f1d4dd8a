import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DialogFacet } from '../../../src/core/observation.ts'
import { AVAILABLE, type Presence, parsePresence, presenceName } from '../../../src/core/presence.ts'

/** What a user of the system shows: a register that the person or an application sets, calls, a text of their own. */
interface User {
  state: Presence
  by: 'person' | 'application'
  text: string
  readonly legs: Map<string, DialogFacet>
}

/** One line of the event stream: everything of one user. */
export interface UserEvent {
  readonly user: string
  readonly state: string
  readonly by: User['by']
  readonly legs: readonly DialogFacet[]
}

/** A request that changed something, as it arrived. */
export interface SystemRequest {
  readonly user: string
  readonly body: unknown
}

export interface HttpSystem {
  readonly url: string
  readonly requests: readonly SystemRequest[]
  shown(user: string): Presence
  text(user: string): string
  /** The person picks a state in a client of the system. */
  choose(user: string, state: Presence): void
  write(user: string, text: string): void
  /** A leg begins or changes. */
  leg(user: string, leg: DialogFacet): void
  hangup(user: string): void
  stop(): Promise<void>
}

/**
 * A system with presence and calls behind a small HTTP interface, as any vendor might have: GET /events streams one
 * JSON line per user and change, PUT /users/{user}/presence sets the register. Real sockets; for tests only.
 */
export async function startHttpSystem(): Promise<HttpSystem> {
  const users = new Map<string, User>()
  const streams = new Set<ServerResponse>()
  const requests: SystemRequest[] = []
  const userOf = (id: string): User => {
    const known = users.get(id)
    if (known) return known
    const user: User = { state: AVAILABLE, by: 'application', text: '', legs: new Map() }
    users.set(id, user)
    return user
  }
  const line = (id: string) => {
    const { state, by, legs } = userOf(id)
    return `${JSON.stringify({ user: id, state: presenceName(state), by, legs: [...legs.values()] })}\n`
  }
  const tell = (id: string) => {
    for (const stream of streams) stream.write(line(id))
  }
  const change = (id: string, state: Presence, by: User['by']) => {
    Object.assign(userOf(id), { state, by })
    tell(id)
  }

  const server = createServer((request, response) => {
    if (request.url === '/events') {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' })
      response.flushHeaders()
      streams.add(response)
      response.on('close', () => streams.delete(response))
      for (const id of users.keys()) response.write(line(id))
      return
    }
    const user = /^\/users\/([^/]+)\/presence$/.exec(request.url ?? '')?.[1]
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      const body = JSON.parse(text) as { state: string }
      const state = parsePresence(body.state)
      if (!user || !state) return response.writeHead(400).end()
      requests.push({ user, body })
      change(user, state, 'application')
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    shown: (id) => userOf(id).state,
    text: (id) => userOf(id).text,
    choose: (id, state) => change(id, state, 'person'),
    write: (id, text) => {
      userOf(id).text = text
    },
    leg(id, leg) {
      const { legs } = userOf(id)
      if (leg.state === 'terminated') legs.delete(leg.leg)
      else legs.set(leg.leg, leg)
      tell(id)
    },
    hangup(id) {
      userOf(id).legs.clear()
      tell(id)
    },
    async stop() {
      for (const stream of streams) stream.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
