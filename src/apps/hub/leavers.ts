import type { Timer } from '../../core/ports.ts'
import type { Parts, RunningSystem } from './systems.ts'

/** How often is looked whether everything is taken back, milliseconds. */
const lookMs = 1000

/**
 * Connectors that are not configured any more: each stays until nothing that the hub wrote through it is left, and only
 * then stops.
 */
export class Leavers {
  readonly #parts: Parts
  readonly #systems = new Set<RunningSystem>()
  #timer: Timer | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  add(system: RunningSystem): void {
    this.#systems.add(system)
    const { tenant, id } = system.system
    this.#parts.log.info('A connector leaves as soon as nothing of ours is left there.', {
      tenant,
      connector: id,
    })
  }

  /** After the people were set: stops those with nothing left, and goes on looking at the others. */
  look(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    const { engine } = this.#parts
    for (const system of this.#systems) {
      const { tenant, id } = system.system
      if (engine.people.followed(tenant, id) === 0) void this.#end(system)
    }
    if (this.#systems.size > 0) this.#timer = this.#parts.clock.after(lookMs, () => this.look())
  }

  /** One comes back under the same name: what is left there is the new one's to take back. */
  async end(tenant: string, connector?: string): Promise<void> {
    const own = [...this.#systems].filter(
      ({ system }) => system.tenant === tenant && (connector === undefined || system.id === connector),
    )
    for (const system of own) await this.#end(system)
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    const left = [...this.#systems]
    this.#systems.clear()
    await Promise.all(left.map(({ supervisor }) => supervisor.stop()))
  }

  async #end(system: RunningSystem): Promise<void> {
    if (!this.#systems.delete(system)) return
    const { tenant, id } = system.system
    this.#parts.engine.removeSystem(tenant, id)
    await system.supervisor.stop()
    this.#parts.log.info('A connector has left.', { tenant, connector: id })
  }
}
