import type { ConnectorContext, FailureKind, Health } from '../../core/connector.ts'
import { needsOperator } from './failures.ts'

/** How an instance is doing; since when, the hub knows by itself. */
export type ToldHealth = Omit<Health, 'since'>

/** Tells the hub how an instance does, once for each change, and logs each change of its state. */
export class HealthTeller {
  readonly #context: Pick<ConnectorContext, 'health' | 'log'>
  readonly #system: string
  #last: ToldHealth | undefined
  #lastText = ''

  /** `system` is what the log calls it. */
  constructor(context: Pick<ConnectorContext, 'health' | 'log'>, system: string) {
    this.#context = context
    this.#system = system
  }

  say(health: ToldHealth): void {
    const text = JSON.stringify(health)
    if (text === this.#lastText) return
    const before = this.#last?.state
    this.#lastText = text
    this.#last = health
    this.#context.health(health)
    if (before === health.state) return
    const bad = health.state === 'down' || health.state === 'degraded'
    this.#context.log[bad ? 'warn' : 'info'](this.#system, { ...health })
  }
}

/** Some by name, further ones by number. */
export function nameSome(words: readonly string[], most: number): string {
  const rest = words.length - most
  return words.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** A failure, in the words of health; its kind decides how soon somebody is told. */
export function toldOf(failure: {
  readonly message: string
  readonly kind: FailureKind
  readonly fix?: string | undefined
}): Pick<ToldHealth, 'detail' | 'failure' | 'fix'> {
  const { message: detail, kind, fix } = failure
  return { detail, failure: kind, ...(fix !== undefined && { fix }) }
}

/** Down where an operator has to mend it, degraded where it may pass. */
export function judgeFailure(failure: Parameters<typeof toldOf>[0]): ToldHealth {
  return { state: needsOperator(failure) ? 'down' : 'degraded', ...toldOf(failure) }
}
