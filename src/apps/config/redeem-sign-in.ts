import { readPath } from '../../config/problem.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import type { SignInGrant } from '../../core/browser-sign-in.ts'
import type { ConfigRefused } from '../../core/config-port.ts'
import { ConnectorFailure } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import type { Registry } from '../registry.ts'

/** A connector in the configuration in force. */
export interface SignInPlace {
  readonly tenant: string
  readonly id: string
  /** The configuration as it is written, secrets being references. */
  readonly root: unknown
  /** The same with its secrets; undefined where it is not right. */
  readonly config: ResolvedConfig | undefined
}

interface Ports {
  readonly registry: Registry
  readonly fetch: typeof fetch
  readonly clock: Clock
}

const refuse = (refused: ConfigRefused['refused'], detail: string): ConfigRefused => ({ refused, detail })

/** The connector, with the sign-in that its type has; or why there is none. */
export function findSignIn({ tenant, id, config }: Omit<SignInPlace, 'root'>, registry: Registry) {
  const connector = config?.tenants.find((one) => one.id === tenant)?.connectors.find((one) => one.id === id)
  const definition = connector && registry[connector.type]
  if (!connector || !definition) {
    return refuse(
      'missing',
      `There is no connector "${id}" in a tenant "${tenant}", or the configuration is not right.`,
    )
  }
  const { browserSignIn, configSchema } = definition
  if (!browserSignIn) {
    return refuse('missing', `Connectors of the type "${connector.type}" have no sign-in in the browser.`)
  }
  return { connector, browserSignIn, configSchema }
}

/** The connector as it is to be written once somebody has signed in for it in the browser. */
export async function redeemSignIn(
  { root, ...place }: SignInPlace,
  grant: SignInGrant,
  { registry, ...ports }: Ports,
): Promise<{ readonly value: object } | ConfigRefused> {
  const found = findSignIn(place, registry)
  if ('refused' in found) return found
  const { connector, browserSignIn, configSchema } = found
  const { gives, replaces } = browserSignIn
  try {
    const given = await browserSignIn.redeem(connector.settings, grant, ports)
    // A secret that is left out stays; null takes it out.
    const gone = replaces.map((name) => [name, isSecret(configSchema, name) ? null : undefined] as const)
    const kept = Object.entries(writtenAt(root, place)).filter(([name]) => !replaces.includes(name))
    const outOf = gone.filter(([, value]) => value === null)
    return { value: { ...Object.fromEntries([...kept, ...outOf]), [gives]: given } }
  } catch (error) {
    if (!(error instanceof ConnectorFailure)) throw error
    return refuseAs(error)
  }
}

/** What a system says to a sign-in, as a refusal. */
export function refuseAs({ message, fix }: ConnectorFailure): ConfigRefused {
  return refuse('failed', [message, fix].filter((part) => part !== undefined).join(' '))
}

function isSecret(schema: unknown, name: string): boolean {
  return readPath(schema, ['properties', name, 'secret']) === true
}

function writtenAt(root: unknown, { tenant, id }: Pick<SignInPlace, 'tenant' | 'id'>): object {
  const find = (list: unknown, wanted: string) =>
    (Array.isArray(list) ? list : []).find((one) => readPath(one, ['id']) === wanted)
  const owner = find(readPath(root, ['tenants']), tenant)
  return find(readPath(owner, ['connectors']), id) ?? {}
}
