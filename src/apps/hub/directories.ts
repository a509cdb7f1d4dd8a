import type { DirectoryEntry } from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import type { PersonSpec } from '../../engine/people.ts'
import { drawUpRoster } from './people.ts'
import type { RunningTenant } from './port.ts'
import { createMemory, type Parts } from './systems.ts'

/** How often the directories are read again for people who came, went or moved, milliseconds. */
const periodMs = 60 * 60_000
/** How soon after a directory that could not be read, milliseconds; doubled up to the period. */
const retryMs = 5000

type Directories = Map<string, readonly DirectoryEntry[]>

/**
 * Reads the directories of every tenant, now and every hour, and redraws the roster from them. What was matched is
 * stored, so that a start without the directory knows its people.
 */
export class DirectoryReader {
  readonly #tenants: ReadonlyMap<string, RunningTenant>
  readonly #parts: Parts
  readonly #directories = new Map<string, Directories>()
  readonly #timers = new Map<string, Timer>()
  #stopped = false

  constructor(tenants: ReadonlyMap<string, RunningTenant>, parts: Parts) {
    this.#tenants = tenants
    this.#parts = parts
  }

  /** Everyone as far as the configuration and the stored matches tell. */
  async firstRoster(): Promise<readonly PersonSpec[]> {
    for (const tenant of this.#tenants.values()) {
      const directories: Directories = new Map()
      for (const { system } of tenant.systems.values()) {
        if (!system.instance.directory) continue
        const stored = await this.#memory(system.tenant, system.id).get('matched')
        if (stored) directories.set(system.id, stored as DirectoryEntry[])
      }
      this.#directories.set(tenant.config.id, directories)
    }
    return this.#drawUp()
  }

  start(): void {
    for (const tenant of this.#tenants.values()) {
      for (const { system } of tenant.systems.values()) {
        if (system.instance.directory) void this.#read(tenant, system.id, retryMs)
      }
    }
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers.values()) timer.cancel()
  }

  async #read(tenant: RunningTenant, connector: string, retry: number): Promise<void> {
    const { instance } = tenant.systems.get(connector)!.system
    let next = periodMs
    try {
      const entries = await instance.directory!()
      if (this.#stopped) return
      this.#directories.get(tenant.config.id)?.set(connector, entries)
      this.#parts.engine.setPeople(this.#drawUp())
      await this.#remember(tenant, connector, entries)
    } catch (cause) {
      this.#parts.log.warn('the directory could not be read; it is tried again', {
        tenant: tenant.config.id,
        connector,
        cause,
      })
      next = Math.min(retry, periodMs)
    }
    if (this.#stopped) return
    const timer = this.#parts.clock.after(next, () => void this.#read(tenant, connector, next * 2))
    this.#timers.set(`${tenant.config.id}\n${connector}`, timer)
  }

  #drawUp(): readonly PersonSpec[] {
    return [...this.#tenants.values()].flatMap((tenant) => {
      const systems = [...tenant.systems.values()].map((one) => one.system)
      const roster = drawUpRoster(
        tenant.config,
        systems,
        this.#directories.get(tenant.config.id) ?? new Map(),
      )
      tenant.problems = roster.problems
      return roster.people
    })
  }

  /** Only the people that are kept in step: a directory may hold many more. */
  async #remember(
    tenant: RunningTenant,
    connector: string,
    entries: readonly DirectoryEntry[],
  ): Promise<void> {
    const followed = new Set(this.#parts.engine.people.addresses(tenant.config.id, connector))
    const matched = entries.filter((entry) => followed.has(entry.address))
    await this.#memory(tenant.config.id, connector).set('matched', matched)
  }

  #memory(tenant: string, connector: string) {
    return createMemory(this.#parts.store, tenant, `${connector}/directory`)
  }
}
