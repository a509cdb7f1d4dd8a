import type { ConnectorContext, FailureKind, Health } from '../../core/connector.ts'
import type { Log } from '../../core/ports.ts'

type Told = Omit<Health, 'since'>

interface Failed {
  readonly kind: FailureKind
  readonly reason: string
  readonly fix?: string | undefined
}

/** Tells the hub how the instance does, once per change. */
export class HealthTeller {
  readonly #tell: ConnectorContext['health']
  readonly #log: Log
  #last: Told | undefined

  constructor(context: Pick<ConnectorContext, 'health' | 'log'>) {
    this.#tell = (health) => context.health(health)
    this.#log = context.log
  }

  say(state: Told['state'], detail?: string, fix?: string): void {
    this.#say({
      state,
      ...(detail === undefined ? {} : { detail }),
      ...(fix === undefined ? {} : { fix }),
    })
  }

  /** The same of a failure, whose kind decides how soon somebody is told. */
  fail(state: 'down' | 'degraded', { kind, reason, fix }: Failed): void {
    this.#say({ state, detail: reason, failure: kind, ...(fix === undefined ? {} : { fix }) })
  }

  #say(health: Told): void {
    const { state, detail, fix } = health
    const last = this.#last
    if (last && last.state === state && last.detail === detail && last.fix === fix) return
    this.#last = health
    this.#tell(health)
    if (last?.state === state) return
    if (state === 'down' || state === 'degraded') this.#log.warn('Teams', { state, detail, fix })
    else this.#log.info('Teams', { state, detail })
  }
}
