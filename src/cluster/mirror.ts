import type { Bus, BusEnd } from '../core/bus.ts'
import type { ClusterView } from '../core/cluster.ts'
import type { RulesInForce } from '../core/history-port.ts'
import type { Clock, Log, Timer } from '../core/ports.ts'
import type { ConnectorView, PersonView } from '../core/view.ts'

/** How often the other nodes are compared with, milliseconds. */
const compareMs = 2_000
const answerMs = 3_000
const pageSize = 200

/** Of one tenant: equal where nothing was missed. */
export interface Digest {
  readonly count: number
  /** Of the revisions of everyone's view; wraps around, so that it stays exact. */
  readonly sum: number
}

/** What a node tells of itself. */
export interface NodeStatus {
  readonly digests: Readonly<Record<string, Digest>>
  readonly connectors: readonly ConnectorView[]
  /** Clients as which its connectors are counted, where that is not in the configuration; left out by older versions. */
  readonly clients?: readonly string[]
  /** In force for its tenants; left out by older versions. */
  readonly rules?: readonly RulesInForce[]
}

export interface MirrorOptions {
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
  readonly incarnation: string
  /** Who has what, as last seen. */
  readonly seats: () => ClusterView
  /** Whether this node has the tenant and all its people: what it shows of one that comes or goes is told to nobody. */
  readonly has: (tenant: string) => boolean
  /** What this node itself has. */
  readonly status: () => NodeStatus
  readonly page: (query: {
    readonly tenant: string
    readonly offset: number
    readonly limit: number
  }) => readonly PersonView[]
  /** Every change of somebody's view here; returns how to stop. */
  readonly watch: (listener: (person: PersonView) => void) => () => void
}

interface Copy {
  /** Whose: an incarnation. */
  readonly from: string
  readonly people: Map<string, PersonView>
  /** Everyone is there, be it as a former node showed them. */
  whole: boolean
  /** Ids of those who are still as a former node showed them: whatever the new one says is newer. */
  readonly former: Set<string>
}

interface Told {
  readonly from: string
  readonly person: PersonView
}

const statusSubject = (incarnation: string) => `status.${incarnation}`
const pageSubject = (incarnation: string) => `people.${incarnation}`
const viewSubject = (tenant: string) => `view.${tenant}`

/**
 * Everyone of the tenants that other nodes have, as those show them: so that every node can list and follow all. Each
 * change is told to all; what was missed is found by comparing, some seconds later.
 */
export class Mirror {
  readonly #options: MirrorOptions
  readonly #copies = new Map<string, Copy>()
  /** By the incarnation. */
  readonly #statuses = new Map<string, NodeStatus>()
  readonly #watchers = new Set<(person: PersonView) => void>()
  readonly #ends: BusEnd[] = []
  #timer: Timer | undefined
  #stopped = false

  constructor(options: MirrorOptions) {
    this.#options = options
  }

  start(): void {
    const { bus, incarnation, has, page, watch } = this.#options
    const forget = watch((person) => this.#tell(person))
    this.#ends.push(
      { end: forget },
      bus.hear(viewSubject('*'), (message) => this.#hear(message as Told)),
      bus.answer(statusSubject(incarnation), () => this.#status()),
      bus.answer(pageSubject(incarnation), (message) => {
        const query = message as Parameters<typeof page>[0]
        return has(query.tenant) ? page(query) : null
      }),
    )
    void this.#compare()
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
    for (const one of this.#ends.splice(0)) one.end()
  }

  /** In the order of their ids. */
  people(tenant: string): readonly PersonView[] {
    const people = [...(this.#copies.get(tenant)?.people.values() ?? [])]
    return people.sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  person(tenant: string, id: string): PersonView | undefined {
    return this.#copies.get(tenant)?.people.get(id)
  }

  /** Whether somebody of the tenant is at an address; whoever asks for many tenants has them all gone through. */
  isAt(
    tenant: string,
    { connector, address }: { readonly connector: string; readonly address: string },
  ): boolean {
    const people = this.#copies.get(tenant)?.people.values() ?? []
    return Iterator.from(people).some(({ systems }) =>
      systems.some((one) => one.connector === connector && one.addresses.includes(address)),
    )
  }

  /** Whether everyone of the tenant has been told of. */
  knows(tenant: string): boolean {
    return this.#copies.get(tenant)?.whole ?? false
  }

  connectors(): readonly ConnectorView[] {
    return [...this.#statuses.values()].flatMap((one) => one.connectors)
  }

  rules(): readonly RulesInForce[] {
    return [...this.#statuses.values()].flatMap((one) => one.rules ?? [])
  }

  /** Other nodes that said to have connectors which are counted as this client: incarnations. */
  nodesWith(client: string): readonly string[] {
    return [...this.#statuses].flatMap(([node, { clients }]) => (clients?.includes(client) ? [node] : []))
  }

  watch(listener: (person: PersonView) => void): () => void {
    this.#watchers.add(listener)
    return () => void this.#watchers.delete(listener)
  }

  #status(): NodeStatus {
    const { status, has } = this.#options
    const { digests, ...more } = status()
    return { ...more, digests: Object.fromEntries(Object.entries(digests).filter(([tenant]) => has(tenant))) }
  }

  #tell(person: PersonView): void {
    const { bus, incarnation, log } = this.#options
    try {
      bus.tell(viewSubject(person.tenant), { from: incarnation, person } satisfies Told)
    } catch (error) {
      log.warn('the other nodes cannot be told of a change', { tenant: person.tenant, error })
    }
  }

  #hear({ from, person }: Told): void {
    const copy = this.#copies.get(person.tenant)
    if (copy?.from === from) this.#put(copy, person)
  }

  #put(copy: Copy, person: PersonView): void {
    const known = copy.people.get(person.id)
    if (known && !copy.former.delete(person.id) && known.revision >= person.revision) return
    copy.people.set(person.id, person)
    for (const listener of this.#watchers) listener(person)
  }

  async #compare(): Promise<void> {
    const { seats, incarnation, clock, log } = this.#options
    const { nodes, tenants } = seats()
    const others = nodes.filter((node) => node.incarnation !== incarnation && !node.fenced)
    const away = new Map(
      tenants.filter(({ owner }) => owner !== incarnation).map(({ tenant, owner }) => [tenant, owner]),
    )
    // What is being handed over is shown as it was, until its new node tells.
    for (const tenant of this.#copies.keys()) if (!away.has(tenant)) this.#copies.delete(tenant)
    for (const known of this.#statuses.keys())
      if (!others.some((node) => node.incarnation === known)) this.#statuses.delete(known)
    await Promise.all(
      others.map((node) =>
        this.#compareWith(node.incarnation, away).catch((error: unknown) =>
          log.debug('a node did not tell what it has', { node: node.node, error }),
        ),
      ),
    )
    if (!this.#stopped) this.#timer = clock.after(compareMs, () => void this.#compare())
  }

  async #compareWith(node: string, away: ReadonlyMap<string, string>): Promise<void> {
    const status = (await this.#options.bus.ask(statusSubject(node), null, answerMs)) as NodeStatus
    this.#statuses.set(node, status)
    for (const [tenant, digest] of Object.entries(status.digests)) {
      if (away.get(tenant) !== node) continue
      const copy = this.#copies.get(tenant)
      if (copy?.from !== node || !isSame(digest, copy.people)) await this.#fetch(tenant, node)
    }
  }

  /** Changes that are told meanwhile are not lost: the copy is there before its first page. */
  async #fetch(tenant: string, node: string): Promise<void> {
    const former = this.#copies.get(tenant)
    const people = new Map(former?.people)
    const whole = former?.whole ?? false
    const stale = former?.from === node ? former.former : people.keys()
    const copy: Copy = { from: node, people, whole, former: new Set(stale) }
    this.#copies.set(tenant, copy)
    const seen = new Set<string>()
    for (let offset = 0; ; offset += pageSize) {
      const query = { tenant, offset, limit: pageSize }
      const page = (await this.#options.bus.ask(pageSubject(node), query, answerMs)) as PersonView[] | null
      // It goes to another node: what was known of it stays until that one tells.
      if (!page) return
      for (const person of page) {
        seen.add(person.id)
        this.#put(copy, person)
      }
      if (page.length < pageSize) break
    }
    for (const id of copy.people.keys()) if (!seen.has(id)) copy.people.delete(id)
    copy.whole = true
  }
}

function isSame(digest: Digest, people: ReadonlyMap<string, PersonView>): boolean {
  if (people.size !== digest.count) return false
  return digestOf(people.values(), ({ revision }) => revision).sum === digest.sum
}

/** Everyone is gone through every other second: nothing is kept of them on the way. */
export function digestOf<Person>(people: Iterable<Person>, revisionOf: (person: Person) => number): Digest {
  let count = 0
  let sum = 0
  for (const person of people) {
    count++
    sum = (sum + revisionOf(person)) % 2 ** 52
  }
  return { count, sum }
}
