import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { DirectoryEntry } from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import type { PersonSpec } from '../../engine/people.ts'
import { drawUpRoster } from './people.ts'
import type { RunningTenant } from './port.ts'
import { createMemory, type Parts } from './systems.ts'

const deflate = promisify(zlib.deflate)
const inflate = promisify(zlib.inflate)

/** How often the directories are read again for people who came, went or moved, milliseconds. */
const periodMs = 60 * 60_000
/** How soon after a directory that could not be read, milliseconds; doubled up to the period. */
const retryMs = 5000
/** How often a connector that is not up yet is looked at: only one with a connection can tell who it knows. */
const waitMs = 500
/** Directories are read at about the same time: one new roster serves all that came in meanwhile. */
const gatherMs = 250

/**
 * Reads the directories of every tenant, now and every hour, and redraws the roster from them. What was matched is
 * stored, so that a start without the directory knows its people.
 */
export class DirectoryReader {
  readonly #tenants: ReadonlyMap<string, RunningTenant>
  readonly #parts: Parts
  /** By tenant and connector, packed: they are looked at once an hour and would be a tenth of the hub's memory. */
  readonly #read = new Map<string, Map<string, Uint8Array>>()
  readonly #timers = new Map<string, Timer>()
  readonly #fresh = new Set<string>()
  #stopped = false

  constructor(tenants: ReadonlyMap<string, RunningTenant>, parts: Parts) {
    this.#tenants = tenants
    this.#parts = parts
  }

  /** Everyone as far as the configuration and the stored matches tell. */
  async firstRoster(): Promise<readonly PersonSpec[]> {
    for (const tenant of this.#tenants.values()) {
      const read = new Map<string, Uint8Array>()
      for (const { system } of tenant.systems.values()) {
        if (!system.instance.directory) continue
        const stored = await this.#memory(system.tenant, system.id).get('matched')
        if (stored) read.set(system.id, await pack(stored as readonly DirectoryEntry[]))
      }
      this.#read.set(tenant.config.id, read)
    }
    return this.#drawUp()
  }

  start(): void {
    for (const tenant of this.#tenants.values()) {
      for (const { system } of tenant.systems.values()) {
        if (system.instance.directory) this.#readWhenUp(tenant, system.id, retryMs)
      }
    }
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers.values()) timer.cancel()
  }

  #readWhenUp(tenant: RunningTenant, connector: string, retry: number): void {
    const { state } = tenant.systems.get(connector)!.supervisor.health
    if (state === 'up' || state === 'degraded') void this.#readOne(tenant, connector, retry)
    else this.#later(tenant, connector, { waitMs, retry })
  }

  #later(
    tenant: RunningTenant,
    connector: string,
    { waitMs: wait, retry }: { readonly waitMs: number; readonly retry: number },
  ): void {
    if (this.#stopped) return
    const timer = this.#parts.clock.after(wait, () => this.#readWhenUp(tenant, connector, retry))
    this.#timers.set(keyOf(tenant, connector), timer)
  }

  async #readOne(tenant: RunningTenant, connector: string, retry: number): Promise<void> {
    const { instance } = tenant.systems.get(connector)!.system
    try {
      const entries = await instance.directory!()
      const known = this.#read.get(tenant.config.id)
      await refuseEmptied(entries, known?.get(connector))
      const packed = await pack(entries)
      if (this.#stopped) return
      known?.set(connector, packed)
      this.#redrawSoon(keyOf(tenant, connector))
      this.#later(tenant, connector, { waitMs: periodMs, retry: retryMs })
    } catch (cause) {
      this.#parts.log.warn('the directory could not be read; it is tried again', {
        tenant: tenant.config.id,
        connector,
        cause,
      })
      this.#later(tenant, connector, { waitMs: retry, retry: Math.min(retry * 2, periodMs) })
    }
  }

  #redrawSoon(fresh: string): void {
    this.#fresh.add(fresh)
    if (this.#fresh.size > 1) return
    const timer = this.#parts.clock.after(gatherMs, () => {
      void this.#redraw().catch((cause: unknown) =>
        this.#parts.log.error('the directories could not be taken in', { cause }),
      )
    })
    this.#timers.set('redraw', timer)
  }

  async #redraw(): Promise<void> {
    const fresh = [...this.#fresh]
    this.#fresh.clear()
    const people = await this.#drawUp()
    if (this.#stopped) return
    this.#parts.engine.setPeople(people)
    await this.#remember(fresh)
  }

  async #drawUp(): Promise<readonly PersonSpec[]> {
    const people: PersonSpec[] = []
    for (const tenant of this.#tenants.values()) {
      const systems = [...tenant.systems.values()].map((one) => one.system)
      const directories = new Map<string, readonly DirectoryEntry[]>()
      for (const [connector, packed] of this.#read.get(tenant.config.id) ?? [])
        directories.set(connector, await unpack(packed))
      const roster = drawUpRoster(tenant.config, systems, directories)
      tenant.problems = roster.problems
      for (const person of roster.people) people.push(person)
    }
    return people
  }

  /** Only the people that are kept in step: a directory may hold many more. */
  async #remember(fresh: readonly string[]): Promise<void> {
    for (const tenant of this.#tenants.values()) {
      for (const [connector, packed] of this.#read.get(tenant.config.id) ?? []) {
        if (!fresh.includes(keyOf(tenant, connector))) continue
        const followed = new Set(this.#parts.engine.people.addresses(tenant.config.id, connector))
        const matched = (await unpack(packed)).filter((entry) => followed.has(entry.address))
        await this.#memory(tenant.config.id, connector).set('matched', matched)
      }
    }
  }

  #memory(tenant: string, connector: string) {
    return createMemory(this.#parts.store, tenant, `${connector}/directory`)
  }
}

/** A directory that suddenly names nobody has more likely lost its rights than its people: nobody is given up for it. */
async function refuseEmptied(
  entries: readonly DirectoryEntry[],
  known: Uint8Array | undefined,
): Promise<void> {
  if (entries.length > 0 || !known || (await unpack(known)).length === 0) return
  throw new Error('it names nobody, although it knew people before; they are kept')
}

async function pack(entries: readonly DirectoryEntry[]): Promise<Uint8Array> {
  return deflate(JSON.stringify(entries))
}

async function unpack(packed: Uint8Array): Promise<readonly DirectoryEntry[]> {
  return JSON.parse((await inflate(packed)).toString())
}

function keyOf(tenant: RunningTenant, connector: string): string {
  return `${tenant.config.id}\n${connector}`
}
