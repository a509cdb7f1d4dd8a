import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PersonState } from '../../../src/lab/people.ts'
import type { LoggedRequest } from '../../../src/lab/request-log.ts'
import { writeConfigFile } from '../e2e/hub-process.ts'
import { startChild, until } from '../support/child.ts'
import { findFreePort } from '../support/free-port.ts'
import type { Kamailio } from '../support/kamailio.ts'
import { startNatsCluster, type TestNats } from '../support/nats.ts'
import { startPostgresql, type TestServer } from '../support/postgresql.ts'
import { clusterText, movePorts, type Places, portsIn, tenantOf } from './config.ts'
import { startGraphProxy } from './graph-proxy.ts'
import type { Isolation } from './isolation.ts'
import { busyMachineMs, ClusterNode } from './node.ts'
import { type ClusterPerson, people } from './people.ts'

const program = fileURLToPath(new URL('../../../bin/hookswitch.js', import.meta.url))
/** So many requests to the lab's control API at a time. */
const atOnce = 20

/** Who has what, as the nodes themselves see it in the store. */
export interface OwnerRow {
  readonly tenant: string
  readonly node: string
  readonly epoch: number
}

export interface WorldSettings {
  /** Default: those of the lab as it starts. Others are made in the lab, with Teams open. */
  readonly people?: readonly ClusterPerson[]
  readonly kamailio?: Kamailio
  /** The tenants are in the store, none at first. */
  readonly isStored?: boolean
  /** The address of what stands before all hubs. */
  readonly publicUrl?: string
  /** More connectors of the first tenant. */
  readonly more?: readonly object[]
  /** Where the phone system of the first tenant is. */
  readonly site?: string | undefined
  /** A proxy stands between each hub and Graph. */
  readonly proxied?: boolean
  /** The node that can be cut off, and where it runs. */
  readonly isolated?: { readonly name: string; readonly place: Isolation }
}

interface Parts {
  readonly nodes: readonly ClusterNode[]
  readonly nats: readonly TestNats[]
  readonly postgresql: TestServer
  readonly people: readonly ClusterPerson[]
  readonly controlUrl: string
  readonly database: string
  readonly places: Places
  readonly stops: (() => unknown)[]
}

/** Hubs, three NATS servers, PostgreSQL and the lab, each a process of its own, on ports of their own. */
export class ClusterWorld {
  readonly nodes: readonly ClusterNode[]
  readonly nats: readonly TestNats[]
  readonly postgresql: TestServer
  readonly people: readonly ClusterPerson[]
  readonly controlUrl: string
  readonly #parts: Parts

  private constructor(parts: Parts) {
    this.nodes = parts.nodes
    this.nats = parts.nats
    this.postgresql = parts.postgresql
    this.people = parts.people
    this.controlUrl = parts.controlUrl
    this.#parts = parts
  }

  /** The nodes are not started yet. */
  static async open(names: readonly string[], settings: WorldSettings = {}): Promise<ClusterWorld> {
    const stops: Parts['stops'] = []
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-cluster-'))
    stops.push(() => rmSync(folder, { recursive: true, force: true }))
    const lab = startChild(process.execPath, [program, 'lab', '--json'])
    stops.push(() => lab.stop())
    try {
      const postgresql = await startPostgresql()
      stops.push(() => postgresql.remove())
      const nats = await startNatsCluster(3)
      stops.push(() => Promise.all(nats.map((server) => server.remove())))
      const line = () => /^\{.*\}$/m.exec(lab.output())?.[0] ?? ''
      const places = JSON.parse(
        await until(line, () => `the lab to start\n${lab.output()}`, busyMachineMs),
      ) as Places
      const { controlUrl } = places
      if (settings.people) await settle(controlUrl, settings.people)
      const store = await postgresql.store()
      const servers = nats.map(({ url }) => url)
      const nodes: ClusterNode[] = []
      stops.push(() => Promise.all(nodes.map((node) => node.child?.kill())))
      for (const [index, name] of names.entries()) {
        const port = await findFreePort()
        const own = mkdtempSync(join(folder, `${name}-`))
        const graph = settings.proxied ? await startGraphProxy(name, places.graphUrl) : undefined
        if (graph) stops.push(() => graph.close())
        const text = clusterText(
          { ...places, ...(graph && { graphUrl: graph.url }) },
          {
            ...{ name, port, store, people: settings.people ?? people, isStored: settings.isStored },
            more: settings.more ?? [],
            publicUrl: settings.publicUrl,
            site: settings.site,
            servers: [...servers.slice(index % 3), ...servers.slice(0, index % 3)],
            ...(settings.kamailio && { kamailio: settings.kamailio }),
          },
        )
        const isolation = name === settings.isolated?.name ? settings.isolated.place : undefined
        const file = writeConfigFile(
          own,
          isolation ? await moveTo(isolation, { text, port, settings }) : text,
        )
        const parts = { file, port, clockFile: join(own, 'clock'), graph, isolation }
        nodes.push(new ClusterNode(name, parts))
      }
      const database = new URL(store.url).pathname.slice(1)
      return new ClusterWorld({
        ...{ nodes, nats, postgresql, controlUrl, database, places, stops },
        people: settings.people ?? people,
      })
    } catch (error) {
      for (const stop of stops.reverse()) await stop()
      throw error
    }
  }

  async close(): Promise<void> {
    for (const stop of this.#parts.stops.splice(0).reverse()) await stop()
  }

  /** Whatever a fault that did not come to its end has left: every node runs and is reached, nothing is slow, no clock is wrong. */
  async mend(): Promise<void> {
    for (const node of this.nodes) {
      node.isolation?.heal()
      if (node.graph) node.graph.slowMs = 0
      node.setClock(0)
      if (node.child?.running()) node.child.thaw()
      else await node.start()
    }
  }

  /** A tenant as it is written in a configuration. */
  tenant(id: string): Record<string, unknown> {
    return tenantOf(this.#parts.places, id, this)
  }

  /** Of the store that the hubs share. */
  ask(text: string): Promise<readonly Record<string, unknown>[]> {
    return this.postgresql.ask(text, this.#parts.database)
  }

  async owners(): Promise<readonly OwnerRow[]> {
    const rows = await this.ask(
      `select tenant, coalesce(node, '') as node, epoch::integer from hookswitch.cluster_tenant
       left join hookswitch.cluster_node on incarnation = owner order by tenant`,
    )
    return rows as unknown as readonly OwnerRow[]
  }

  /** The node that has the tenant. */
  async owner(tenant: string): Promise<ClusterNode> {
    const { node } = (await this.owners()).find((row) => row.tenant === tenant)!
    return this.nodes.find(({ name }) => name === node)!
  }

  get tenants(): readonly string[] {
    return [...new Set(this.people.map(({ tenant }) => tenant))].sort()
  }

  /** Every tenant is at one of these nodes, evenly, and everyone of it was heard there. */
  async settled(nodes: readonly ClusterNode[] = this.nodes): Promise<void> {
    const names = nodes.map(({ name }) => name)
    /** Why not, in words; undefined where everyone of the tenant was heard. */
    const missing = async ({ tenant, node }: OwnerRow) => {
      const found = await nodes.find(({ name }) => name === node)!.peopleOf(tenant)
      const own = this.people.filter((person) => person.tenant === tenant)
      if (found.length !== own.length)
        return `${node} has ${found.length} of ${own.length} people of ${tenant}`
      const silent = found.find(({ systems }) => systems.length < 2 || systems.some(({ synced }) => !synced))
      return silent && `${node} has not heard all of ${JSON.stringify(silent)}`
    }
    const lacking = async () => {
      const owners = await this.owners().catch(() => [])
      const counts = names.map((name) => owners.filter(({ node }) => node === name).length)
      const isWhole = counts.reduce((sum, count) => sum + count, 0) === this.tenants.length
      if (!isWhole || Math.max(...counts) - Math.min(...counts) > 1)
        return `the tenants are at ${JSON.stringify(owners)}`
      for (const row of owners) {
        const reason = await missing(row).catch(String)
        if (reason !== undefined) return reason
      }
      return undefined
    }
    let why: string | undefined
    await until(
      async () => {
        why = await lacking()
        return why === undefined
      },
      () => `every tenant to be served: ${why}\n${this.output()}`,
      2 * busyMachineMs,
    )
  }

  /** What the hubs themselves say of somebody, in the words of "why?". */
  async why(upn: string): Promise<string> {
    const asked = this.nodes.map(async (node) => {
      const { status, text } = await node.ask('GET', `people/${encodeURIComponent(upn)}/explain`)
      return `${node.name}: ${status} ${text.slice(0, 5_000)}`
    })
    return (await Promise.allSettled(asked))
      .map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))
      .join('\n')
  }

  /** What the hubs logged last, without the requests. */
  output(): string {
    const said = (text = '') =>
      text
        .split('\n')
        .filter((line) => !line.includes('"msg":"Request answered."'))
        .join('\n')
        .slice(-6_000)
    return this.nodes
      .map(({ name, child }) => `--- ${name}${child?.running() ? '' : ', ended'}\n${said(child?.output())}`)
      .join('\n')
  }

  #lab(method: string, path: string, body?: unknown): Promise<unknown> {
    return askLab(this.controlUrl, { method, path, body })
  }

  call(extension: string): Promise<unknown> {
    return this.#lab('POST', `phones/${extension}/call`, {})
  }

  hangUp(extension: string): Promise<unknown> {
    return this.#lab('POST', `phones/${extension}/hangup`, {})
  }

  pressDnd(extension: string, on: boolean): Promise<unknown> {
    return this.#lab('PUT', `phones/${extension}/dnd`, { on })
  }

  /** What somebody picks in Teams; null: nothing any more. */
  pick(upn: string, status: string | null): Promise<unknown> {
    return this.#lab('PUT', `teams/${encodeURIComponent(upn)}/status`, { status })
  }

  async state(upn: string): Promise<PersonState> {
    return (await this.#lab('GET', `people/${encodeURIComponent(upn)}`)) as PersonState
  }

  async shown(upn: string): Promise<string> {
    return (await this.state(upn)).teams.shown
  }

  async requestsSince(from: number): Promise<readonly LoggedRequest[]> {
    return ((await this.#lab('GET', `requests?since=${from}`)) as { requests: LoggedRequest[] }).requests
  }
}

/** The configuration as it has to be there. A PBX is reached without anybody in between: it speaks to where it is spoken to from. */
async function moveTo(
  place: Isolation,
  about: { readonly text: string; readonly port: number; readonly settings: WorldSettings },
): Promise<string> {
  const pbx = about.settings.kamailio?.port
  const services = portsIn(about.text, about.port).filter((port) => port !== pbx)
  const moved = await place.connect(services, about.port)
  const text = movePorts(about.text, (port) => moved.get(port))
  return place.host ? text.replaceAll(`127.0.0.1:${pbx}`, `${place.host}:${pbx}`) : text
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

async function askLab(controlUrl: string, { method, path, body }: Asked): Promise<unknown> {
  const answer = await fetch(`${controlUrl}/lab/${path}`, {
    method,
    headers: {
      // A connection that is kept may be closed by the lab just as it is used again.
      connection: 'close',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`the lab: ${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/** Brings them into being in the lab, with Teams open and their phones at its PBX. */
async function settle(controlUrl: string, crowd: readonly ClusterPerson[]): Promise<void> {
  const waiting = [...crowd]
  const work = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      const name = encodeURIComponent(one.upn)
      // Whose phone is at another PBX has none at the lab's.
      const extensions = 'pbx' in one.addresses ? [one.extension] : []
      await askLab(controlUrl, { method: 'PUT', path: `people/${name}`, body: { extensions } })
      const body = { state: 'Available/Available' }
      await askLab(controlUrl, { method: 'PUT', path: `teams/${name}/client`, body })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
