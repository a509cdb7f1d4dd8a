import type { DirectoryEntry } from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import type { PersonSpec, Roster } from '../../engine/people.ts'
import { isSameDirectory, type PackedDirectory, packDirectory, unpackDirectory } from './packed-directory.ts'
import { drawUpRoster } from './people.ts'
import type { RunningTenant } from './port.ts'
import type { Directories } from './roster/directory-people.ts'
import type { Parts } from './systems.ts'

/** How often the directories are read again for people who came, went or moved, milliseconds. */
const periodMs = 60 * 60_000
/** How soon after a directory that could not be read, milliseconds; doubled up to the period. */
const retryMs = 5000
/** How often a connector that is not up yet is looked at: only one with a connection can tell who it knows. */
const waitMs = 500
/** Directories of a tenant are read at about the same time: one new roster serves all that came in meanwhile. */
const gatherMs = 250
/** At a start one roster serves all of a tenant; the first that was read waits no longer for the others, milliseconds. */
const patienceMs = 5000

/**
 * Reads the directories of every tenant, now and every hour, and redraws the tenant's roster from them: a thousand tenants
 * cost a thousand small rosters, not a thousand times the whole. What was matched is stored, so that a start without the
 * directory knows its people.
 */
export class DirectoryReader {
  readonly #tenants: ReadonlyMap<string, RunningTenant>
  readonly #parts: Parts
  /** By tenant and connector, packed: they are looked at once an hour and would be a tenth of the hub's memory. */
  readonly #read = new Map<string, Map<string, PackedDirectory>>()
  readonly #timers = new Map<string, Timer>()
  /** By tenant, the connectors not read yet since the start, and about to be. */
  readonly #awaited = new Map<string, Set<string>>()
  /** Tenants of which something was read that no roster has been drawn up from. */
  readonly #fresh = new Set<string>()
  /** One after the other. */
  #redrawn: Promise<void> = Promise.resolve()
  /** By tenant, how long what came in waits for others, while it does, milliseconds. */
  readonly #redrawing = new Map<string, number>()
  #stopped = false

  constructor(tenants: ReadonlyMap<string, RunningTenant>, parts: Parts) {
    this.#tenants = tenants
    this.#parts = parts
  }

  /**
   * Everyone as far as the configuration and the stored matches tell, one tenant after the other: those of a thousand at once would be a
   * third of what the hub needs of memory when it runs.
   */
  async *firstRosters(): AsyncGenerator<Roster> {
    for (const tenant of this.#tenants.values()) {
      const { id } = tenant.config
      const read = new Map<string, PackedDirectory>()
      this.#read.set(id, read)
      await this.#recallInto(read, tenant)
      yield { tenant: id, people: await this.#drawUpOne(tenant) }
    }
  }

  /** What is gone is forgotten. */
  sweep(): void {
    for (const [id, read] of this.#read) {
      const systems = this.#tenants.get(id)?.systems
      if (!systems) this.#read.delete(id)
      for (const connector of read.keys()) if (!systems?.has(connector)) this.forget(id, connector)
    }
  }

  /** Everyone after a change of the configuration: what is new is recalled, what is gone is forgotten. */
  async adopt(): Promise<readonly PersonSpec[]> {
    this.sweep()
    for (const tenant of this.#tenants.values()) {
      const read = this.#read.get(tenant.config.id) ?? new Map<string, PackedDirectory>()
      this.#read.set(tenant.config.id, read)
      await this.#recallInto(read, tenant)
    }
    return this.#drawUp()
  }

  /** As last read, or as stored, by connector id. */
  async directoriesOf(tenant: string): Promise<Directories> {
    const directories = new Map<string, readonly DirectoryEntry[]>()
    for (const [connector, packed] of this.#read.get(tenant) ?? [])
      directories.set(connector, await Array.fromAsync(unpackDirectory(packed)))
    return directories
  }

  /** Its directory is read again as soon as it is up, if it is still there. */
  forget(tenant: string, connector: string): void {
    const key = keyOf(tenant, connector)
    this.#timers.get(key)?.cancel()
    this.#timers.delete(key)
    this.#awaited.get(tenant)?.delete(connector)
  }

  /** Begins to read those that are not read already. */
  start(): void {
    for (const tenant of this.#tenants.values()) {
      const { id } = tenant.config
      const awaited = this.#awaited.get(id) ?? new Set<string>()
      this.#awaited.set(id, awaited)
      for (const { system } of tenant.systems.values()) {
        const key = keyOf(id, system.id)
        if (!system.instance.directory || this.#timers.has(key) || awaited.has(system.id)) continue
        awaited.add(system.id)
        this.#readWhenUp(tenant, system.id, retryMs)
      }
    }
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers.values()) timer.cancel()
  }

  #readWhenUp(tenant: RunningTenant, connector: string, retry: number): void {
    const running = tenant.systems.get(connector)
    if (!running || this.#isOver(tenant)) return
    const { state } = running.supervisor.health
    if (state === 'up' || state === 'degraded') void this.#readOne(tenant, connector, retry)
    else {
      if (state !== 'starting') this.#waitNoMore(tenant.config.id, connector)
      this.#later(tenant, connector, { waitMs, retry })
    }
  }

  #later(
    tenant: RunningTenant,
    connector: string,
    { waitMs: wait, retry }: { readonly waitMs: number; readonly retry: number },
  ): void {
    if (this.#stopped) return
    this.#timers.get(keyOf(tenant.config.id, connector))?.cancel()
    const timer = this.#parts.clock.after(wait, () => this.#readWhenUp(tenant, connector, retry))
    this.#timers.set(keyOf(tenant.config.id, connector), timer)
  }

  async #readOne(tenant: RunningTenant, connector: string, retry: number): Promise<void> {
    const { instance } = tenant.systems.get(connector)!.system
    try {
      const entries = await instance.directory!()
      if (this.#isOver(tenant)) return
      const directories = this.#read.get(tenant.config.id)!
      const known = directories.get(connector)
      if (entries.length === 0 && known?.length) throw new Error(emptied)
      const packed = await packDirectory(entries)
      if (this.#isOver(tenant)) return
      const current = tenant.systems.get(connector)?.system.instance
      if (current !== instance) throw new Error('another instance has taken its place')
      directories.set(connector, packed)
      if (!known || !isSameDirectory(known, packed)) this.#fresh.add(tenant.config.id)
      this.#later(tenant, connector, { waitMs: periodMs, retry: retryMs })
    } catch (cause) {
      if (this.#isOver(tenant)) return
      this.#parts.log.warn('the directory could not be read; it is tried again', {
        tenant: tenant.config.id,
        connector,
        cause,
      })
      this.#later(tenant, connector, { waitMs: retry, retry: Math.min(retry * 2, periodMs) })
    }
    this.#waitNoMore(tenant.config.id, connector)
    this.#redrawSoon(tenant.config.id)
  }

  /** It went while something of it was read. It may have come back: what is to be read then is not for this to say. */
  #isOver(tenant: RunningTenant): boolean {
    return this.#stopped || this.#tenants.get(tenant.config.id) !== tenant
  }

  #waitNoMore(tenant: string, connector: string): void {
    const awaited = this.#awaited.get(tenant)
    if (awaited?.delete(connector) && awaited.size === 0) this.#redrawSoon(tenant)
  }

  /** Once nobody of the tenant is awaited any more, what came in before waits no longer. */
  #redrawSoon(tenant: string): void {
    if (this.#stopped || !this.#fresh.has(tenant)) return
    const due = this.#awaited.get(tenant)?.size ? patienceMs : gatherMs
    if ((this.#redrawing.get(tenant) ?? Number.POSITIVE_INFINITY) <= due) return
    this.#redrawing.set(tenant, due)
    const key = keyOf(tenant, redrawKey)
    this.#timers.get(key)?.cancel()
    const timer = this.#parts.clock.after(due, () => {
      this.#redrawing.delete(tenant)
      this.#redrawn = this.#redrawn
        .then(() => this.#redraw(tenant))
        .catch((cause: unknown) =>
          this.#parts.log.error('the directories could not be taken in', { tenant, cause }),
        )
    })
    this.#timers.set(key, timer)
  }

  async #redraw(id: string): Promise<void> {
    this.#fresh.delete(id)
    const tenant = this.#tenants.get(id)
    if (!tenant) return
    const people = await this.#drawUpOne(tenant)
    // It came or went meanwhile: its people would be given up, or taken up again.
    if (this.#stopped) return
    if (this.#tenants.get(id) !== tenant) return this.#redraw(id)
    this.#parts.engine.setPeople(people, id)
    await this.#remember(tenant)
  }

  async #drawUp(): Promise<readonly PersonSpec[]> {
    const people: PersonSpec[] = []
    for (const tenant of this.#tenants.values())
      for (const person of await this.#drawUpOne(tenant)) people.push(person)
    return people
  }

  async #drawUpOne(tenant: RunningTenant): Promise<readonly PersonSpec[]> {
    const systems = [...tenant.systems.values()].map((one) => one.system)
    const directories = await this.directoriesOf(tenant.config.id)
    const roster = drawUpRoster(tenant.config, systems, directories)
    tenant.problems = roster.problems
    tenant.sharedPhones = roster.sharedPhones
    return roster.people
  }

  /**
   * Only the people that are kept in step: a directory may hold many more. All of them: who was found in one may have
   * been looked for in another for long.
   */
  async #remember(tenant: RunningTenant): Promise<void> {
    const { id } = tenant.config
    for (const [connector, packed] of this.#read.get(id) ?? []) {
      const followed = new Set(this.#parts.engine.people.addresses(id, connector))
      const matched: DirectoryEntry[] = []
      for await (const entry of unpackDirectory(packed)) if (followed.has(entry.address)) matched.push(entry)
      // It may have gone to another hub meanwhile, and be nobody's here.
      if (this.#tenants.get(id) !== tenant) break
      await this.#store(id, connector, await packDirectory(matched))
    }
  }

  async #store(tenant: string, connector: string, packed: PackedDirectory): Promise<void> {
    const { store } = this.#parts
    const place = { tenant, scope: scopeOf(connector) }
    const stored = await store.memory(tenant, place.scope)
    const pieces = new Map(
      packed.map((piece, number) => [keyOfPiece(number), Buffer.from(piece).toString('base64')]),
    )
    const written = [...pieces].filter(([key, body]) => stored.get(key) !== body)
    const gone = [...stored.keys()].filter((key) => !pieces.has(key))
    await store.commit(
      [
        ...written.map(([key, body]) => ({ put: 'memory', ...place, key, body }) as const),
        ...gone.map((key) => ({ delete: 'memory', ...place, key }) as const),
      ],
      'full',
    )
  }

  async #recallInto(read: Map<string, PackedDirectory>, tenant: RunningTenant): Promise<void> {
    for (const { system } of tenant.systems.values()) {
      if (!system.instance.directory || read.has(system.id)) continue
      const stored = await this.#recall(system.tenant, system.id)
      if (stored.length > 0) read.set(system.id, stored)
    }
  }

  async #recall(tenant: string, connector: string): Promise<PackedDirectory> {
    const rows = await this.#parts.store.memory(tenant, scopeOf(connector))
    const pieces = [...rows].filter(([key]) => pieceKey.test(key)).sort(([a], [b]) => (a < b ? -1 : 1))
    return pieces.map(([, body]) => Buffer.from(body, 'base64'))
  }
}

/** It has more likely lost its rights than its people: nobody is given up for it. */
const emptied = 'it names nobody, although it knew people before; they are kept'

function scopeOf(connector: string): string {
  return `${connector}/directory`
}

/** No connector's id. */
const redrawKey = ''

const pieceKey = /^\d{6}$/

/** Sorts as text in the order of the pieces. */
function keyOfPiece(number: number): string {
  return String(number).padStart(6, '0')
}

function keyOf(tenant: string, connector: string): string {
  return `${tenant}\n${connector}`
}
