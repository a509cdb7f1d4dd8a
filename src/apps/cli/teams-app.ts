import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import { Ajv } from 'ajv'
import ajvFormats from 'ajv-formats'
import { type AppWish, describeApp } from '../../connectors/teams/app/manifest.ts'
import { packApp } from '../../connectors/teams/app/package.ts'
import type { ConfigView } from '../../core/config-port.ts'
import { version } from '../version.ts'
import { type Command, type Io, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { askHub } from './hub-client.ts'
import { configFile, configOption, loadConfigFile } from './load-config.ts'
import { dataDirectory, readStoredOptions, storedOptions, withStored } from './stored.ts'
import { readStoredHub } from './stored-hub.ts'

const guid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

export const teamsApp: Command = {
  name: 'teams-app',
  summary: 'Make the app package for Microsoft Teams with the tab "Soft keys".',
  options: {
    config: configOption,
    data: {
      ...storedOptions.data!,
      description: 'Read the stored configuration of this data directory in the place of a file.',
    },
    keys: storedOptions.keys!,
    tenant: { type: 'string', value: 'ID', description: 'The tenant (default: the only one).' },
    url: {
      type: 'string',
      value: 'URL',
      description: 'How browsers reach the hub (default: http.publicUrl of the configuration).',
    },
    'client-id': {
      type: 'string',
      value: 'ID',
      description: 'Of the application registration (default: that of the tenant\u2019s Teams connector).',
    },
    developer: { type: 'string', value: 'NAME', description: 'Who runs the hub (default: Hookswitch).' },
    privacy: { type: 'string', value: 'URL', description: 'Your privacy statement (default: the hub).' },
    terms: { type: 'string', value: 'URL', description: 'Your terms of use (default: the hub).' },
    schema: {
      type: 'string',
      value: 'FILE',
      description:
        'Microsoft\u2019s schema of the manifest, fetched by you: the manifest is held against it.',
    },
    out: { type: 'string', value: 'FILE', description: 'The package (default: hookswitch-teams.zip).' },
  },
  details: `With --url and --client-id no configuration is needed. The package is uploaded in the Teams admin center. What the
registration needs for it is in docs/guide/teams-tab.md. With --data a running hub is asked; with the hub stopped, its data
directory is opened. The schema that the manifest names in $schema is not fetched: this command asks no other server.`,
  async run(parsed, io) {
    const wish = await readWish(parsed, io)
    const schema = textOf(parsed, 'schema')
    if (schema !== undefined) holdAgainst(resolvePath(io.cwd, schema), wish)
    const out = resolvePath(io.cwd, textOf(parsed, 'out') ?? 'hookswitch-teams.zip')
    try {
      writeFileSync(out, packApp(wish))
    } catch (error) {
      throw new CliError('cannotCreate', `${out} cannot be written: ${(error as Error).message}`)
    }
    const { webApplicationInfo, staticTabs } = describeApp(wish)
    io.out(
      `${out}\n  tab: ${staticTabs[0]?.contentUrl}\n  Application ID URI: ${webApplicationInfo.resource}\n`,
    )
    return exitCodes.ok.code
  },
}

async function readWish(parsed: Parsed, io: Io): Promise<AppWish> {
  const known = await readConfiguration(parsed, io)
  const publicUrl = textOf(parsed, 'url') ?? known.publicUrl
  const clientId = textOf(parsed, 'client-id') ?? known.clientId
  if (publicUrl === undefined || !URL.canParse(publicUrl) || new URL(publicUrl).protocol !== 'https:') {
    throw new CliError(
      'usage',
      'Teams frames pages by https only: set http.publicUrl, or give --url https://HOST.',
    )
  }
  if (typeof clientId !== 'string' || !guid.test(clientId)) {
    throw new CliError('usage', 'Give --client-id, the application (client) id of the registration: a GUID.')
  }
  const developer = textOf(parsed, 'developer') ?? 'Hookswitch'
  if (developer.length > 32) throw new CliError('usage', '--developer takes at most 32 characters.')
  return {
    ...{ publicUrl, clientId: clientId.toLowerCase(), version, developer },
    privacyUrl: textOf(parsed, 'privacy'),
    termsUrl: textOf(parsed, 'terms'),
  }
}

interface Known {
  readonly publicUrl?: string | undefined
  readonly clientId?: unknown
}

/** What the package needs, of a file with everything filled in, or of a stored configuration as it is written. */
interface Source {
  readonly http?: { readonly publicUrl?: string }
  readonly tenants?: readonly { readonly id: string; readonly connectors?: readonly Connector[] }[]
  readonly applications?: readonly Connector[]
}
type Connector = { readonly type: string; readonly clientId?: unknown }

/** What the configuration tells, where there is one and it is needed. */
async function readConfiguration(parsed: Parsed, io: Io): Promise<Known> {
  const given = (name: string) => textOf(parsed, name) !== undefined
  if (given('url') && given('client-id')) return {}
  if (given('data')) {
    if (given('config')) throw new CliError('usage', 'Give --config or --data, not both.')
    return pickKnown(parsed, await readStored(parsed, io))
  }
  const file = configFile(parsed, io)
  if (!given('config') && !existsSync(file)) return {}
  const { http, tenants } = loadConfigFile(file, io)
  const flat = tenants.map(({ id, connectors }) => ({
    id,
    connectors: connectors.map(({ type, settings }) => ({ type, clientId: settings.clientId })),
  }))
  return pickKnown(parsed, { http: { ...http }, tenants: flat })
}

async function readStored(parsed: Parsed, io: Io): Promise<Source> {
  const hub = readStoredHub(dataDirectory(parsed, io))
  const view = hub
    ? ((await askHub(hub, { path: '/api/v1/config' }, io)) as ConfigView)
    : await withStored(readStoredOptions(parsed, io), io, async ({ stored }) => {
        // No secret is needed here, so keys that are missing do not matter.
        await stored.open({ tolerant: true })
        return stored.read()
      })
  return view.config as Source
}

function pickKnown(parsed: Parsed, { http, tenants = [], applications = [] }: Source): Known {
  const wanted = textOf(parsed, 'tenant')
  const tenant =
    wanted === undefined && tenants.length === 1 ? tenants[0] : tenants.find(({ id }) => id === wanted)
  if (!tenant) {
    const ids = tenants.map(({ id }) => id).join(', ')
    const advice = ids === '' ? 'There is no tenant yet.' : `Name the tenant with --tenant: ${ids}.`
    throw new CliError('usage', advice)
  }
  const isTeams = ({ type }: Connector) => type === 'teams'
  // One that signs in with the operator's application has no id of its own.
  const clientId = tenant.connectors?.find(isTeams)?.clientId ?? applications.find(isTeams)?.clientId
  return { publicUrl: http?.publicUrl, clientId }
}

/** @throws CliError with everything that Microsoft's schema finds. */
function holdAgainst(file: string, wish: AppWish): void {
  let schema: Record<string, unknown>
  try {
    schema = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new CliError('noInput', `${file} cannot be read as a schema: ${(error as Error).message}`)
  }
  // Draft 4, of which it uses nothing that has another meaning since.
  const { $schema: _, ...plain } = schema
  const ajv = new Ajv({ allErrors: true, strict: false })
  ajvFormats.default(ajv)
  const isRight = ajv.compile(plain)
  if (isRight(JSON.parse(JSON.stringify(describeApp(wish))))) return
  const faults = (isRight.errors ?? []).map(
    ({ instancePath, message }) => `  ${instancePath || '/'} ${message}`,
  )
  throw new CliError('findings', `The manifest does not fit ${file}:\n${faults.join('\n')}`)
}
