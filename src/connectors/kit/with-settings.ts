import {
  type ConnectorContext,
  type ConnectorDefinition,
  ConnectorFailure,
  type ConnectorInstance,
  type Finding,
} from '../../core/connector.ts'

/** How a connector checks and starts, once the settings are worked out of its configuration. */
export interface SettingsUse<Config, Settings> {
  /** What is configured, in words: `the 3CX connector`. */
  readonly title: string
  /** Of a configuration that cannot be used, where nothing better is known. */
  readonly fix?: string
  /** May throw, a ConnectorFailure where it knows what to do. */
  resolve(config: Config): Settings
  check(settings: Settings, context: ConnectorContext): Promise<readonly Finding[]>
  create(settings: Settings, context: ConnectorContext): ConnectorInstance
  /** See ConnectorDefinition.clientsOf. */
  clients?(settings: Settings): readonly string[]
  /** See ConnectorDefinition.countedAs. */
  counted?(settings: Settings): readonly string[]
}

/** `check`, `create` and the names of clients of a definition; what cannot be used becomes a finding, or an instance that says so. */
export function withSettings<Config, Settings>(
  use: SettingsUse<Config, Settings>,
): Pick<ConnectorDefinition<Config>, 'check' | 'create' | 'clientsOf' | 'countedAs'> {
  const { clients, counted } = use
  const named = (name: (settings: Settings) => readonly string[]) => (config: Config) => {
    try {
      return name(use.resolve(config))
    } catch {
      // What is wrong with it is said where it is checked and started.
      return []
    }
  }
  const asFailure = (error: unknown) => {
    if (error instanceof ConnectorFailure) return error
    const text = `The configuration of ${use.title} cannot be used.`
    return new ConnectorFailure('misconfigured', text, { cause: error, ...(use.fix && { fix: use.fix }) })
  }
  return {
    async check(config, context) {
      try {
        return await use.check(use.resolve(config), context)
      } catch (error) {
        const { message: text, fix } = asFailure(error)
        return [{ level: 'error', text, ...(fix !== undefined && { fix }) }]
      }
    },
    create(config, context) {
      try {
        return use.create(use.resolve(config), context)
      } catch (error) {
        return refusingInstance(asFailure(error))
      }
    },
    ...(clients && { clientsOf: named(clients) }),
    ...(counted && { countedAs: named(counted) }),
  }
}

/** What stands in the place of an instance whose configuration cannot work: it says so and does nothing. */
function refusingInstance(failure: ConnectorFailure): ConnectorInstance {
  return {
    start: () => Promise.reject(failure),
    stop: () => Promise.resolve(),
    follow() {},
    resync() {},
    publish: () => Promise.resolve({ kind: 'deferred', reason: failure.message, retryAfterMs: 60_000 }),
    directory: () => Promise.reject(failure),
  }
}
