import { findMarked, type Mark } from '../../config/marked.ts'
import { formatPath, readPath } from '../../config/problem.ts'
import type { TenantConfig } from '../../config/resolved.ts'
import type { Refusal } from '../../core/access.ts'
import type { AnyConnectorDefinition } from '../../core/connector.ts'
import type { ConsentPort, PermissionFinding } from '../../core/consent-port.ts'
import type { HubPort } from '../../core/view.ts'
import { trialContext } from './check.ts'
import type { RunningTenant } from './port.ts'
import type { Parts } from './systems.ts'

type Wish = Parameters<ConsentPort['tryPermissions']>[0]
type Settings = NonNullable<Wish['settings']>

/** Tries a connector's permissions on one person, with what is configured or with what is to be. */
export async function tryPermissions(
  { config }: RunningTenant,
  wish: Wish,
  { parts, hub }: { readonly parts: Parts; readonly hub: HubPort },
): Promise<readonly PermissionFinding[] | Refusal> {
  const { connector: id, settings, person, write } = wish
  const found = config.connectors.find((one) => one.type === wish.type && (id ?? one.id) === one.id)
  const definition = parts.registry[wish.type]
  if (!definition?.tryPermissions) return { refused: `There is nothing to try for the type ${wish.type}.` }
  if (!settings && !found) return { refused: 'There is no such connector in this tenant: send its settings.' }
  const at = hub.person(person, config.id)?.systems.find(({ connector }) => connector === found?.id)
  const isShown = at?.targets.some(({ status }) => status !== 'idle') ?? false
  const trial = {
    person,
    // Another session of the same application would end the one that stands for a call.
    write: write && !isShown,
    readOnly: (found?.readOnly ?? false) || config.consent === 'paired',
  }
  const known = knownFor(settings, found, definition)
  const strange = wish.isBound ? listStrange(settings ?? {}, known, definition) : []
  if (strange.length > 0) {
    return { refused: `Only an operator of the hub may try others (${strange.join(', ')}).` }
  }
  const merged = settings ? withKnownSecrets(settings, known, definition) : found!.settings
  for (const secret of secretsOf(settings)) parts.hide(secret)
  const context = trialContext(config.id, found?.id ?? wish.type, parts)
  return definition.tryPermissions(merged, context, trial)
}

/**
 * What is configured, for what is left out. The operator's application may act for every organisation that consented to
 * it: whoever says anything of an application, or of an organisation, tries that with what they send alone.
 */
function knownFor(
  sent: Wish['settings'],
  found: TenantConfig['connectors'][number] | undefined,
  { fromOperator = [] }: AnyConnectorDefinition,
): Settings {
  const isOther = found?.application && fromOperator.some((name) => sent && Object.hasOwn(sent, name))
  return found && !isOther ? found.settings : {}
}

/** Addresses, and files of this machine, that are not those configured. */
function listStrange(sent: Settings, known: Settings, { configSchema }: AnyConnectorDefinition) {
  return (['address', 'local'] satisfies Mark[])
    .flatMap((mark) => [...findMarked(configSchema, sent, mark)])
    .filter(({ path, value }) => readPath(known, path) !== value)
    .map(({ path }) => formatPath(path))
}

/** What is left out is what is configured, but only where it goes to the same place: a secret is sent nowhere else. */
function withKnownSecrets(
  sent: Settings,
  known: Settings,
  { configSchema }: AnyConnectorDefinition,
): Settings {
  const places = [sent, known].flatMap((of) => [...findMarked(configSchema, of, 'address')])
  const isSamePlace = places.every(({ path }) => readPath(sent, path) === readPath(known, path))
  return isSamePlace ? { ...known, ...sent } : sent
}

/** Whatever is sent may be a secret: no log shows it. */
function secretsOf(settings: Wish['settings']): readonly string[] {
  return Object.values(settings ?? {}).filter(
    (one) => typeof one === 'string' && one.length >= 16,
  ) as string[]
}
