import type { Refusal } from '../../core/access.ts'
import type { ConsentPort, PermissionFinding } from '../../core/consent-port.ts'
import type { HubPort } from '../../core/view.ts'
import { trialContext } from './check.ts'
import type { RunningTenant } from './port.ts'
import type { Parts } from './systems.ts'

type Wish = Parameters<ConsentPort['tryPermissions']>[0]

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
  const merged = settings ? withKnownSecrets(settings, found?.settings) : found!.settings
  for (const secret of secretsOf(settings)) parts.hide(secret)
  const context = trialContext(config.id, found?.id ?? wish.type, parts)
  return definition.tryPermissions(merged, context, trial)
}

/** What is left out is what is configured, but only where it goes to the same place: a secret is sent nowhere else. */
function withKnownSecrets(
  sent: NonNullable<Wish['settings']>,
  known: Wish['settings'] = {},
): NonNullable<Wish['settings']> {
  const places = (of: NonNullable<Wish['settings']>) =>
    Object.keys(of).filter((key) => /url$/i.test(key) || key === 'cloud')
  const isSamePlace = [...places(sent), ...places(known)].every((key) => sent[key] === known[key])
  return isSamePlace ? { ...known, ...sent } : sent
}

/** Whatever is sent may be a secret: no log shows it. */
function secretsOf(settings: Wish['settings']): readonly string[] {
  return Object.values(settings ?? {}).filter(
    (one) => typeof one === 'string' && one.length >= 16,
  ) as string[]
}
