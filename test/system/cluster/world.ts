import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PersonView } from '../../../src/core/view.ts'
import type { PersonState } from '../../../src/lab/people.ts'
import type { LoggedRequest } from '../../../src/lab/request-log.ts'
import { configText } from '../e2e/config.ts'
import { writeConfigFile } from '../e2e/hub-process.ts'
import { samplePeople } from '../e2e/world.ts'
import { type Child, startChild, until } from '../support/child.ts'
import { findFreePort } from '../support/free-port.ts'
import { startNatsCluster, type TestNats } from '../support/nats.ts'
import { startPostgresql, type TestServer } from '../support/postgresql.ts'

const program = fileURLToPath(new URL('../../../bin/hookswitch.js', import.meta.url))
export const adminToken = 'of-the-whole-cluster-1'
/** What takes a moment may take so much longer on a loaded machine, milliseconds. */
export const busyMachineMs = 60_000

/** Two people each. */
export const tenants = ['t1', 't2', 't3', 't4', 't5', 't6'] as const
export const people = samplePeople().map(({ upn, addresses }, index) => ({
  upn,
  tenant: tenants[index % tenants.length]!,
  extension: [addresses.pbx!].flat()[0]!,
  addresses,
}))

interface Places {
  readonly controlUrl: string
  readonly graphUrl: string
  readonly loginUrl: string
  readonly ami: string
  readonly sip: string
}

/** Who has what, as the nodes themselves see it in the store. */
export interface OwnerRow {
  readonly tenant: string
  readonly node: string
  readonly epoch: number
}

export class ClusterNode {
  readonly name: string
  readonly url: string
  readonly #file: string
  child: Child | undefined

  constructor(name: string, { file, port }: { readonly file: string; readonly port: number }) {
    this.name = name
    this.url = `http://127.0.0.1:${port}`
    this.#file = file
  }

  /** `env`: beside that of the tests. Rejects where it ends at once. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = startChild(process.execPath, [program, 'serve', '--config', this.#file], {
      env: { ...process.env, ...env },
    })
    this.child = child
    await until(
      () => {
        if (!child.running()) throw new Error(`${this.name} ended at once:\n${child.output()}`)
        return child.output().includes('listens at')
      },
      () => `${this.name} to listen:\n${child.output()}`,
      busyMachineMs,
    )
  }

  async ask(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, json: <T>() => JSON.parse(text) as T }
  }

  async person(upn: string): Promise<PersonView | undefined> {
    const answer = await this.ask('GET', `people/${encodeURIComponent(upn)}`)
    return answer.status === 200 ? answer.json<PersonView>() : undefined
  }
}

/** Hubs, three NATS servers, PostgreSQL and the lab, each a process of its own, on ports of their own. */
export class ClusterWorld {
  readonly nodes: readonly ClusterNode[]
  readonly nats: readonly TestNats[]
  readonly postgresql: TestServer
  readonly #places: Places
  readonly #database: string
  readonly #stops: (() => unknown)[]

  private constructor(
    parts: Pick<ClusterWorld, 'nodes' | 'nats' | 'postgresql'> & { places: Places; database: string },
    stops: (() => unknown)[],
  ) {
    this.nodes = parts.nodes
    this.nats = parts.nats
    this.postgresql = parts.postgresql
    this.#places = parts.places
    this.#database = parts.database
    this.#stops = stops
  }

  /** `isStored`: the tenants are in the store, none at first. `more`: connectors of the first tenant. */
  static async open(
    names: readonly string[],
    { isStored = false, more = [], site }: ClusterOptions = {},
  ): Promise<ClusterWorld> {
    const stops: (() => unknown)[] = []
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
      const store = await postgresql.store()
      const servers = nats.map(({ url }) => url)
      const nodes: ClusterNode[] = []
      for (const [index, name] of names.entries()) {
        const port = await findFreePort()
        const own = mkdtempSync(join(folder, `${name}-`))
        const nearest = [...servers.slice(index % 3), ...servers.slice(0, index % 3)]
        const text = clusterText(places, { name, port, store, servers: nearest, isStored, more, site })
        nodes.push(new ClusterNode(name, { file: writeConfigFile(own, text), port }))
      }
      const world = new ClusterWorld(
        { nodes, nats, postgresql, places, database: new URL(store.url).pathname.slice(1) },
        stops,
      )
      stops.push(() => Promise.all(nodes.map((node) => node.child?.kill())))
      return world
    } catch (error) {
      for (const stop of stops.reverse()) await stop()
      throw error
    }
  }

  async close(): Promise<void> {
    for (const stop of this.#stops.splice(0).reverse()) await stop()
  }

  /** A tenant as it is written in a configuration. */
  tenant(id: string): Record<string, unknown> {
    return tenantOf(this.#places, id)
  }

  async owners(): Promise<readonly OwnerRow[]> {
    const rows = await this.postgresql.ask(
      `select tenant, coalesce(node, '') as node, epoch::integer from hookswitch.cluster_tenant
       left join hookswitch.cluster_node on incarnation = owner order by tenant`,
      this.#database,
    )
    return rows as unknown as readonly OwnerRow[]
  }

  /** The node that has the tenant. */
  async owner(tenant: string): Promise<ClusterNode> {
    const { node } = (await this.owners()).find((row) => row.tenant === tenant)!
    return this.nodes.find(({ name }) => name === node)!
  }

  /** Every tenant is at one of these nodes, evenly, and everyone of it was heard there. */
  async settled(nodes: readonly ClusterNode[] = this.nodes): Promise<void> {
    const names = nodes.map(({ name }) => name)
    let seen = ''
    const isSettled = async () => {
      const owners = await this.owners().catch(() => [])
      seen = JSON.stringify(owners)
      const counts = names.map((name) => owners.filter(({ node }) => node === name).length)
      if (counts.reduce((sum, count) => sum + count, 0) !== tenants.length) return false
      if (Math.max(...counts) - Math.min(...counts) > 1) return false
      for (const { upn, tenant } of people) {
        const { node } = owners.find((row) => row.tenant === tenant)!
        const view = await nodes
          .find(({ name }) => name === node)!
          .person(upn)
          .catch(() => undefined)
        seen += ` ${upn} ${JSON.stringify(view?.systems)}`
        if (view?.systems.length !== 2 || view.systems.some(({ synced }) => !synced)) return false
      }
      return true
    }
    await until(isSettled, () => `every tenant to be served: ${seen}\n${this.output()}`, busyMachineMs)
  }

  output(): string {
    return this.nodes.map(({ name, child }) => `--- ${name}\n${child?.output().slice(-6_000)}`).join('\n')
  }

  async #lab(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.#places.controlUrl}/lab/${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`the lab: ${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
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

interface ClusterOptions {
  readonly isStored?: boolean
  /** Further connectors of the first tenant. */
  readonly more?: readonly object[]
  /** Where the phone system of the first tenant is. */
  readonly site?: string | undefined
}

interface NodeText {
  readonly name: string
  readonly port: number
  readonly store: object
  readonly servers: readonly string[]
  readonly isStored: boolean
  readonly more: readonly object[]
  readonly site: string | undefined
}

function clusterText(places: Places, node: NodeText): string {
  const { name, port, store, servers, isStored, more, site } = node
  const token = { name: 'test', token: adminToken, scopes: ['admin'] }
  const settings = { data: './data', port, tokens: [token], store: { kind: 'postgresql', ...store } }
  const one = JSON.parse(hubText(places, settings)) as { tenants: Record<string, unknown>[] }
  const configuration = isStored ? 'stored' : 'file'
  return JSON.stringify({
    ...one,
    cluster: { node: name, configuration, nats: { servers } },
    tenants: isStored
      ? []
      : tenants.map((id, index) => {
          const { connectors, ...tenant } = tenantOf(places, id) as { connectors: object[] }
          if (index > 0) return { ...tenant, connectors }
          const placed = connectors.map((one) => ('host' in one && site ? { ...one, site } : one))
          return { ...tenant, connectors: [...placed, ...more] }
        }),
  })
}

function hubText(places: Places, settings: Omit<Parameters<typeof configText>[1], 'people'>): string {
  return configText(
    { ...places, addresses: { ami: places.ami, sip: places.sip } },
    { ...settings, people: [] },
  )
}

function tenantOf(places: Places, id: string): Record<string, unknown> {
  const [tenant] = (JSON.parse(hubText(places, { data: '' })) as { tenants: Record<string, unknown>[] })
    .tenants
  const own = people.filter((person) => person.tenant === id)
  return { ...tenant, id, people: own.map(({ upn, addresses }) => ({ upn, addresses })) }
}
