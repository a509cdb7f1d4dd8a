import type { ConnectorContext, ConnectorFailure, Health } from '../../core/connector.ts'

type Told = Omit<Health, 'since'>

/** What is asked when health is told. */
export interface HealthFacts {
  extensions(): number
  linked(): boolean
  untold(monitor: 'presence' | 'calls'): readonly string[]
}

const monitors = { presence: 'Presence Status Monitor', calls: 'Call Status Monitor' } as const

/** A few extensions by name, further ones by number. */
function nameSome(extensions: readonly string[]): string {
  const some = extensions.slice(0, 10).join(', ')
  return extensions.length > 10 ? `${some} and ${extensions.length - 10} more` : some
}

/** Tells the hub how the connector does, once per change. */
export class HealthTeller {
  readonly #context: Pick<ConnectorContext, 'health' | 'log'>
  readonly #facts: HealthFacts
  #trouble: ConnectorFailure | undefined
  #running = false
  #last: Told | undefined

  constructor(context: Pick<ConnectorContext, 'health' | 'log'>, facts: HealthFacts) {
    this.#context = context
    this.#facts = facts
  }

  starting(): void {
    this.#say({ state: 'starting' })
  }

  started(): void {
    this.#running = true
    this.report(undefined)
  }

  /** Undefined while the PBX is heard. */
  report(trouble: ConnectorFailure | undefined): void {
    this.#trouble = trouble
    if (this.#running) this.#say(this.#judge())
  }

  stopped(): void {
    this.#running = false
    this.#say({ state: 'stopped' })
  }

  #judge(): Told {
    if (this.#trouble) {
      const { message: detail, fix, kind } = this.#trouble
      const state = kind === 'auth-failed' || kind === 'misconfigured' ? 'down' : 'degraded'
      return { state, detail, failure: kind, ...(fix !== undefined && { fix }) }
    }
    for (const monitor of ['calls', 'presence'] as const) {
      const silent = this.#facts.untold(monitor)
      if (silent.length === 0) continue
      return {
        state: 'degraded',
        detail: `The PBX does not tell of ${monitor} of ${nameSome(silent)}; changes are found late.`,
        fix: `Tick them at Integrations > API > ${monitors[monitor]} of the PBX.`,
      }
    }
    const how = this.#facts.linked() ? 'WebSocket' : 'webhooks and reading'
    return { state: 'up', detail: `${this.#facts.extensions()} extensions, changes by ${how}` }
  }

  #say(told: Told): void {
    const last = this.#last
    if (last?.state === told.state && last.detail === told.detail && last.fix === told.fix) return
    this.#last = told
    this.#context.health(told)
    if (last?.state === told.state) return
    const bad = told.state === 'down' || told.state === 'degraded'
    this.#context.log[bad ? 'warn' : 'info']('Yeastar', { ...told })
  }
}
