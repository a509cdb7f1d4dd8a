import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  AgentClient,
  type AgentSource,
  type AgentStatus,
  type SocketLike,
} from '../../agent-client/client.ts'
import type { Outcome, Publication } from '../../agent-client/wire.ts'
import type { Clock } from '../../core/ports.ts'
import type { Emulator, EmulatorWorld } from '../../lab/emulator.ts'
import { Faults } from '../../lab/faults.ts'
import type { PhoneChange, Phones } from '../../lab/phones.ts'
import { RequestLog } from '../../lab/request-log.ts'
import { legFacet, observe } from './facets.ts'

/** Sign-in of the lab's agent. It protects nothing. */
export const labAgent = { id: 'lab-site', token: 'lab-agent-token-of-no-worth' } as const

export interface PhoneAgentOptions {
  readonly clock: Clock
  readonly phones: Phones
  readonly faults?: Faults
  readonly requests?: RequestLog
  readonly port?: number
  /** Where the hub is; told by `join` otherwise. */
  readonly hub?: string
  readonly id?: string
  readonly token?: string
  readonly addresses?: readonly string[]
}

/** A real agent in front of the lab's phones. */
export interface PhoneAgent extends Emulator {
  readonly client: AgentClient
  readonly statuses: readonly AgentStatus[]
  /** What the hub did not take. */
  readonly refusals: readonly string[]
  /** The last frames of calls again, as after a lost answer. */
  repeat(): Promise<void>
}

/** Where a hub with the demo's usual port would be. */
const usualHub = 'http://127.0.0.1:8080/hooks/contoso/pbx'

function publish(phones: Phones, { address, slot, state }: Publication): Outcome {
  const phone = phones.phone(address)
  if (!phone) return { kind: 'rejected', reason: `there is no extension ${address}` }
  if (slot !== 'dnd') return { kind: 'rejected', reason: 'a phone has no states but do not disturb' }
  const on = state === 'doNotDisturb/doNotDisturb'
  if (phone.dnd === on) return { kind: 'unchanged' }
  phones.setDnd(address, on, 'pbx')
  return { kind: 'applied' }
}

function tell(client: AgentClient, change: PhoneChange): void {
  if (change.type === 'leg') {
    client.observed({ address: change.leg.extension, facet: legFacet(change.leg) })
  } else if (change.type === 'dnd') {
    client.observed({ address: change.phone.extension, facet: { kind: 'dnd', on: change.phone.dnd } })
  } else if (change.type === 'registered') {
    const { extension, registered } = change.phone
    client.observed({ address: extension, facet: { kind: 'registration', registered } })
  } else void client.refresh([change.phone.extension])
}

/** Listens for `POST /join {"url"}`, which says where the hub is: in a demo nobody knows before it listens. */
export async function serveJoin(port: number, join: (url: string) => void) {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const url = /"url"\s*:\s*"([^"]+)"/.exec(body)?.[1]
      if (request.method !== 'POST' || request.url !== '/join' || !url || !URL.canParse(url)) {
        response.writeHead(400).end('POST /join {"url": "http://hub/hooks/tenant/connector"}\n')
        return
      }
      join(url)
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Starts an agent, made with the client package, that presents the lab's phones. */
export async function startPhoneAgent(options: PhoneAgentOptions | EmulatorWorld): Promise<PhoneAgent> {
  const { clock, phones, faults = new Faults(), port = 0, ...more } = options
  const { requests = new RequestLog(clock), ...about } = more as Omit<PhoneAgentOptions, 'clock' | 'phones'>
  const { hub = usualHub, id = labAgent.id, token = labAgent.token, addresses } = about
  const statuses: AgentStatus[] = []
  const refusals: string[] = []
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))
  const source: AgentSource = {
    snapshot: (asked) => {
      requests.add({ target: 'agent', method: 'read', path: asked.join() })
      return asked.flatMap((address) => observe(phones, address))
    },
    directory: () =>
      phones.list().map(({ extension, displayName, mail }) => ({
        ...{ address: extension, displayName },
        mails: mail === undefined ? [] : [mail],
      })),
    async publish(publication) {
      const { slot, address, state } = publication
      const entry = requests.add({
        target: 'agent',
        method: 'publish',
        path: `${slot}/${address}`,
        body: state,
      })
      const struck = faults.take('agent', `${slot}/${address}`)
      for (const { kind, ms } of struck) if (kind === 'slow') await wait(ms ?? 0)
      if (struck.some(({ kind }) => kind === 'status'))
        return { kind: 'failed', reason: 'a fault of the lab' }
      const outcome = publish(phones, publication)
      entry.status = outcome.kind === 'rejected' ? 404 : 200
      if (struck.some(({ kind }) => kind === 'drop')) throw new Error('the answer was lost by the lab')
      return outcome
    },
  }
  const connect = (url: string) =>
    new AgentClient({
      ...{ url, agent: id, token, source, program: 'the lab’s phones' },
      ...(addresses && { addresses }),
      openSocket: (to) => {
        if (faults.inForce('agent', 'refuse')) throw new Error('refused by the lab')
        return new WebSocket(to) as SocketLike
      },
      after: (delayMs, callback) => {
        const timer = clock.after(delayMs, callback)
        return () => timer.cancel()
      },
      status: (status) => void statuses.push(status),
      refused: ({ code, message }) => void refusals.push(`${code}: ${message}`),
      retryMs: { first: 100, longest: 2_000 },
    })
  let client = connect(hub)
  client.start()
  const cut = () => {
    client.stop({ bye: false })
    client.start()
  }
  const forget = phones.on((change) => tell(client, change))
  const forgetFaults = faults.on(({ target, kind }) => {
    if (target === 'agent' && kind === 'refuse') cut()
  })
  const door = await serveJoin(port, (url) => {
    client.stop()
    client = connect(url)
    client.start()
  })
  return {
    address: door.address,
    get client() {
      return client
    },
    ...{ statuses, refusals },
    repeat: () => client.refresh(phones.list().map(({ extension }) => extension)),
    async stop() {
      forget()
      forgetFaults()
      client.stop()
      await door.close()
    },
  }
}
