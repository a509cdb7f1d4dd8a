import { existsSync, writeFileSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import { ConfigError, formatProblems, readPath } from '../../../config/problem.ts'
import { salvageConfigFile } from '../../../config/salvage.ts'
import type { BrowserSignIn, SignInGrant } from '../../../core/browser-sign-in.ts'
import type { ConfigSaved, ConfigView } from '../../../core/config-port.ts'
import { systemClock } from '../../../observe/clock.ts'
import { presetIndex } from '../../../presets/catalog.ts'
import { openOutbound } from '../../hub/outbound.ts'
import { registry } from '../../registry.ts'
import { type Io, type Parsed, textOf } from '../command.ts'
import { CliError } from '../exit-codes.ts'
import { askHub, systemUser } from '../hub-client.ts'
import { configFile } from '../load-config.ts'
import { findStoredHub, readStoredOptions, withStored } from '../stored.ts'

/** A connector that somebody signs in for, and how what that gives is kept. */
export interface SignInAt {
  readonly tenant: string
  readonly id: string
  readonly signIn: BrowserSignIn<unknown>
  /** Enough to know where to sign in. */
  readonly settings: unknown
  /** Exchanges and keeps; answers what to print. @throws CliError, ConnectorFailure */
  finish(grant: SignInGrant): Promise<string>
}

interface Found {
  readonly tenant: string
  readonly id: string
  readonly type: string
  readonly settings: Readonly<Record<string, unknown>>
}

/** The connector of the command line, in the file where there is one, else in the store. @throws CliError */
export function findSignIn(parsed: Parsed, io: Io): Promise<SignInAt> {
  const isStored = ['data', 'keys', 'url'].some((name) => textOf(parsed, name) !== undefined)
  const file = configFile(parsed, io)
  const isFile = textOf(parsed, 'config') !== undefined || (!isStored && existsSync(file))
  if (isFile && isStored) {
    throw new CliError('usage', '--data, --keys and --url are for a hub without a configuration file.')
  }
  return isFile ? findInFile(file, parsed, io) : findInStore(parsed, io)
}

function choose<Connector extends Omit<Found, 'settings'>>(
  connectors: readonly Connector[],
  parsed: Parsed,
): Connector & { readonly signIn: BrowserSignIn<unknown> } {
  const id = parsed.positionals[0]!
  const tenant = textOf(parsed, 'tenant')
  const named = connectors.filter((one) => one.id === id && (tenant ?? one.tenant) === one.tenant)
  const [connector] = named
  if (!connector) {
    const can = connectors.filter(({ type }) => registry[type]?.browserSignIn).map((one) => one.id)
    const known = can.length > 0 ? ` Of those that there are, these have a sign-in: ${can.join(', ')}.` : ''
    throw new CliError('usage', `There is no connector "${id}".${known}`)
  }
  if (named.length > 1) {
    const tenants = named.map((one) => one.tenant).join(', ')
    throw new CliError(
      'usage',
      `Several tenants have a connector "${id}": ${tenants}. Name one with --tenant.`,
    )
  }
  const signIn = registry[connector.type]?.browserSignIn
  if (signIn) return { ...connector, signIn }
  throw new CliError('usage', `Connectors of the type "${connector.type}" have no sign-in in the browser.`)
}

async function findInFile(file: string, parsed: Parsed, io: Io): Promise<SignInAt> {
  const { connectors, network } = readFile(file, io)
  const connector = choose(connectors, parsed)
  const { tenant, id, signIn, settings, problems } = connector
  // What the sign-in is to give need not be there yet, nor what it replaces.
  const open = [signIn.gives, ...signIn.replaces]
  const wrong = problems.filter(({ path }) => !open.some((name) => path.endsWith(`.${name}`)))
  if (wrong.length > 0) throw new CliError('config', formatProblems(file, wrong))
  const used = Object.fromEntries(Object.entries(settings).filter(([name]) => !open.includes(name)))
  const old = signIn.replaces.filter((name) => settings[name] !== undefined)
  const finish = async (grant: SignInGrant) => {
    const { fetch, close } = openOutbound(network)
    try {
      const value = await signIn.redeem(used, grant, { fetch, clock: systemClock() })
      const rest = old.length > 0 ? `Take ${old.join(' and ')} out of the connector "${id}".\n` : ''
      io.err(`Write this into the connector "${id}" of ${file}. ${rest}`.trimEnd().concat('\n'))
      return `${signIn.gives}: ${JSON.stringify(keep(value, parsed, io))}\n`
    } finally {
      await close()
    }
  }
  return { tenant, id, signIn, settings: used, finish }
}

function readFile(file: string, io: Io) {
  try {
    return salvageConfigFile({ file, types: registry, presets: presetIndex, env: io.env })
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError('config', error.message)
    throw error
  }
}

/** The value itself, or a reference to the new file that holds it. */
function keep(value: string, parsed: Parsed, io: Io): string {
  const out = textOf(parsed, 'out')
  if (out === undefined) return value.replaceAll('${', '$${')
  const file = resolvePath(io.cwd, out)
  try {
    writeFileSync(file, `${value}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    throw new CliError('cannotCreate', `${file} cannot be made (${(error as NodeJS.ErrnoException).code}).`)
  }
  return `\${file:${file}}`
}

async function findInStore(parsed: Parsed, io: Io): Promise<SignInAt> {
  if (textOf(parsed, 'out') !== undefined) {
    throw new CliError('usage', '--out is for a configuration file; in the store the secret is sealed.')
  }
  const { tenant, id, signIn, settings } = choose(listConnectors(await readStored(parsed, io)), parsed)
  const finish = async (grant: SignInGrant) => {
    // A hub may have been started or stopped while the browser was away.
    const hub = findStoredHub(parsed, io)
    const path = `/api/v1/config/tenants/${encodeURIComponent(tenant)}/connectors/${encodeURIComponent(id)}/sign-in`
    const saved = hub
      ? ((await askHub(hub, { path, method: 'POST', body: grant }, io)) as ConfigSaved)
      : await withStored(readStoredOptions(parsed, io), io, async ({ stored }) => {
          await stored.open()
          const wish = { who: systemUser() || 'unknown', comment: 'Signed in in the browser' }
          return stored.signIn({ tenant, id }, grant, wish)
        })
    if ('refused' in saved) throw new CliError('findings', saved.detail)
    return `The connector "${id}" is signed in; version ${saved.version} of the configuration is in force.\n`
  }
  return { tenant, id, signIn, settings, finish }
}

async function readStored(parsed: Parsed, io: Io): Promise<unknown> {
  const hub = findStoredHub(parsed, io)
  if (!hub) {
    return withStored(readStoredOptions(parsed, io), io, async ({ stored }) => {
      await stored.open()
      return stored.read().config
    })
  }
  const view = (await askHub(hub, { path: '/api/v1/config' }, io)) as ConfigView
  if (view.source === 'stored') return view.config
  throw new CliError('usage', 'That hub has its configuration from a file. Name the file with --config.')
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function listConnectors(root: unknown): readonly Found[] {
  return listOf(readPath(root, ['tenants'])).flatMap((tenant) =>
    listOf(readPath(tenant, ['connectors'])).map((connector) => {
      const { id, type, ...settings } = connector as Record<string, unknown>
      return { tenant: String(readPath(tenant, ['id'])), id: String(id), type: String(type), settings }
    }),
  )
}
