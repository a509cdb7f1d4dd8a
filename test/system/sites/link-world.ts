import Fastify from 'fastify'
import { WebSocket } from 'ws'
import { SiteRelay } from '../../../src/apps/hub/site-relay.ts'
import { createHall } from '../../../src/bus/in-process.ts'
import type { StoreChange } from '../../../src/core/ports.ts'
import { serveSockets } from '../../../src/http/hook-routes.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { createLog } from '../../../src/observe/log.ts'
import { type SiteKeys, signProof } from '../../../src/sites/key-pair.ts'
import { SiteBook } from '../../../src/sites/site-book.ts'
import { SiteDoor } from '../../../src/sites/site-door.ts'
import { SiteLinks } from '../../../src/sites/site-links.ts'
import type { HubFrame, SiteFrame } from '../../../src/sites/wire.ts'
import { until } from '../support/child.ts'

const log = createLog({ level: 'silent' })

/** The part of a store that is a table of texts. */
function createMemoryTable() {
  const rows = new Map<string, Map<string, string>>()
  const at = (tenant: string, scope: string) => {
    const key = `${tenant}\n${scope}`
    if (!rows.has(key)) rows.set(key, new Map())
    return rows.get(key)!
  }
  return {
    memory: async (tenant: string, scope: string) => new Map(at(tenant, scope)),
    commit: async (changes: readonly StoreChange[]) => {
      for (const change of changes) {
        if ('put' in change && change.put === 'memory')
          at(change.tenant, change.scope).set(change.key, change.body)
        if ('delete' in change && change.delete === 'memory')
          at(change.tenant, change.scope).delete(change.key)
      }
    },
  }
}

/** A door of a hub, without the hub. */
export interface Door {
  readonly url: string
  readonly links: SiteLinks
  close(): Promise<void>
}

export interface LinkWorld {
  readonly clock: LabClock
  readonly book: SiteBook
  /** What was noted in the audit log. */
  readonly noted: string[]
  /** Of hubs that share the store; `here` are the tenants of this one, `given` those that it has or is about to have. */
  openDoor(name: string, here: () => readonly string[], given?: () => readonly string[]): Promise<Door>
}

export function createLinkWorld(): LinkWorld {
  const clock = new LabClock()
  const noted: string[] = []
  const book = new SiteBook({
    ...{ store: createMemoryTable(), clock },
    note: async ({ what, detail }) => void noted.push(`${what} ${detail}`),
  })
  const hall = createHall()
  const givens = new Map<string, () => readonly string[]>()
  const ownerOf = (tenant: string) => [...givens].find(([, given]) => given().includes(tenant))?.[0]
  return {
    clock,
    book,
    noted,
    async openDoor(name, here, given = here) {
      givens.set(name, given)
      const links = new SiteLinks()
      const isHere = (tenant: string) => here().includes(tenant)
      const relay = new SiteRelay({
        ...{ bus: hall.join(), log, incarnation: name, ownerOf },
        isServed: (tenant) => ownerOf(tenant) !== undefined,
        admit: (socket, knock) => door.admit(socket, knock),
      })
      const door: SiteDoor = new SiteDoor({
        ...{ book, links, clock, log, version: '1.2.3', isHere },
        passOn: (...knock) => relay.passOn(...knock),
      })
      const app = Fastify({ forceCloseConnections: true })
      const end = serveSockets(app, { acceptSite: (socket) => door.accept(socket) }, log)
      const url = await app.listen({ host: '127.0.0.1', port: 0 })
      return {
        url,
        links,
        close: async () => {
          end()
          await app.close()
        },
      }
    },
  }
}

/** A site that says exactly what the test wants. */
export class RawSite {
  readonly heard: HubFrame[] = []
  readonly #socket: WebSocket
  closed = false

  constructor(url: string) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/sites/link`)
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => {
      this.closed = true
    })
    this.#socket.on('message', (data) => this.heard.push(JSON.parse(String(data)) as HubFrame))
  }

  say(frame: SiteFrame): void {
    this.#socket.send(JSON.stringify(frame))
  }

  async next<Kind extends HubFrame['t']>(t: Kind): Promise<Extract<HubFrame, { t: Kind }>> {
    const found = await until(
      () => this.heard.findIndex((frame) => frame.t === t) + 1,
      () => `a ${t}, not ${JSON.stringify(this.heard)}`,
    )
    return this.heard.splice(found - 1, 1)[0] as Extract<HubFrame, { t: Kind }>
  }

  /** Answers the challenge. */
  async hello(
    at: { readonly tenant: string; readonly site: string },
    keys: SiteKeys,
    more: { readonly protocol?: number; readonly nonce?: string } = {},
  ): Promise<string> {
    const { nonce } = await this.next('challenge')
    const signature = signProof({ ...at, nonce: more.nonce ?? nonce }, keys.secret)
    this.say({
      ...{ t: 'hello', protocol: more.protocol ?? 1, ...at, run: 'run-1', signature, version: '1.2.2' },
    })
    return nonce
  }

  close(): void {
    this.#socket.terminate()
  }
}
