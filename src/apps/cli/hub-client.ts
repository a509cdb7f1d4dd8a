import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, resolve as resolvePath } from 'node:path'
import { readDocument } from '../../config/document.ts'
import { readPath } from '../../config/problem.ts'
import { resolveReferences } from '../../config/reference.ts'
import { readCommandToken } from '../hub/command-token.ts'
import { type Io, type OptionSpec, type Parsed, textOf } from './command.ts'
import { CliError } from './exit-codes.ts'
import { configFile, configOption } from './load-config.ts'
import { readStoredHub } from './stored-hub.ts'

export const tokenVariable = 'HOOKSWITCH_TOKEN'

export const hubOptions: Readonly<Record<string, OptionSpec>> = {
  config: { ...configOption, description: 'Take the address of the hub from this configuration.' },
  url: {
    type: 'string',
    value: 'URL',
    description: 'The address of the hub (default: http://127.0.0.1:8080).',
  },
  data: {
    type: 'string',
    value: 'DIR',
    description: 'Of a hub without a configuration file: take its address from its data directory.',
  },
  tenant: { type: 'string', value: 'ID', description: 'The tenant, where several have such a person.' },
}

export const tokenHelp = `Where the hub asks who you are, name its configuration with --config and be a user who may read its data directory, or set the environment variable ${tokenVariable} to an API token.`

/** Where a hub answers, and what lets this user in. */
export interface HubAddress {
  readonly url: string
  /** Of its data directory, where this user may read it. */
  readonly token?: string | undefined
}

/**
 * Only the address is read: whoever asks a running hub need not have the secrets of its configuration. Undefined where
 * the file does not tell the port.
 */
export function readAddress(file: string, io: Io): HubAddress | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new CliError(
      'config',
      `${file} cannot be read. Name the configuration with --config, or the hub with --url.`,
    )
  }
  const written = readDocument(text).value
  const read = (part: string) =>
    resolveReferences(readPath(written, [part]), { env: io.env, folder: dirname(file) }).value
  const value = read('http')
  const host = String(readPath(value, ['host']) ?? '127.0.0.1')
  const port = Number(readPath(value, ['port']) ?? 8080)
  if (!Number.isInteger(port) || port <= 0) return undefined
  const near = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const data = String(readPath(read('store'), ['path']) ?? './data')
  const token = readCommandToken(resolvePath(dirname(file), data))
  return { url: `http://${near.includes(':') ? `[${near}]` : near}:${port}`, token }
}

export function findHub(parsed: Parsed, io: Io): HubAddress {
  const given = textOf(parsed, 'url')
  if (given !== undefined) {
    if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
      throw new CliError('usage', `--url ${given} is not an http or https address.`)
    }
    return { url: given.replace(/\/+$/, '') }
  }
  const data = textOf(parsed, 'data')
  if (data !== undefined) {
    const hub = readStoredHub(resolvePath(io.cwd, data))
    if (!hub) throw new CliError('unavailable', `No hub has the data directory ${data} open. Is it running?`)
    return hub
  }
  if (textOf(parsed, 'config') === undefined) return { url: 'http://127.0.0.1:8080' }
  const address = readAddress(configFile(parsed, io), io)
  if (address === undefined) {
    throw new CliError('usage', 'The configuration does not tell the port of the hub. Name it with --url.')
  }
  return address
}

/** Thrown where nothing answers at all. */
export class HubUnreachable extends CliError {
  constructor(url: string, cause: unknown) {
    super(
      'unavailable',
      `No hub answers at ${url}. Is it running? Name another address with --url or --config.`,
      {
        cause,
      },
    )
    this.name = 'HubUnreachable'
  }
}

interface Question {
  readonly path: string
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  /** Who does it, for the audit log; the user of the operating system where it is left out. */
  readonly user?: string
  /** Version of what is changed. */
  readonly ifMatch?: string
}

/** The account that runs this process; empty where it has no name. */
export function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a number that has no name.
    return ''
  }
}

/** Asks the hub's API. @throws CliError with the hub's own words where it refuses. */
export async function askHub(hub: HubAddress, question: Question, io: Io): Promise<unknown> {
  const { url } = hub
  const token = io.env[tokenVariable] ?? hub.token
  const init: RequestInit = {
    method: question.method ?? 'GET',
    headers: {
      'hookswitch-user': encodeURIComponent(question.user ?? systemUser()),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(question.ifMatch === undefined ? {} : { 'if-match': question.ifMatch }),
      ...(question.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    signal: AbortSignal.timeout(60_000),
  }
  if (question.body !== undefined) init.body = JSON.stringify(question.body)
  let answer: Response
  let text: string
  try {
    answer = await fetch(url + question.path, init)
    text = await answer.text()
  } catch (error) {
    throw new HubUnreachable(url, error)
  }
  const parsed = parseJson(text)
  if (answer.ok && parsed !== undefined) return parsed
  const detail = (parsed as { detail?: unknown } | undefined)?.detail
  const words = typeof detail === 'string' ? detail : `It answered with status ${answer.status}.`
  if (answer.status === 401)
    throw new CliError(
      'noPermission',
      `${words} Name the configuration with --config as a user who may read the hub's data directory, or set ${tokenVariable} to a token of the hub.`,
    )
  if (answer.status === 403) throw new CliError('noPermission', words)
  if (answer.status === 422) throw new CliError('config', [words, ...faultsOf(parsed)].join('\n'))
  if (answer.status === 404) throw new CliError('noInput', words)
  throw new CliError('unavailable', `The hub at ${url} did not do it: ${words}`)
}

/** One line for each fault of a problem answer (RFC 9457 with `errors`). */
function faultsOf(problem: unknown): readonly string[] {
  const { errors = [] } = problem as {
    readonly errors?: readonly { readonly path: string; readonly message: string; readonly fix?: string }[]
  }
  return errors.map(({ path, message, fix }) =>
    `${path} ${message}.${fix === undefined ? '' : ` ${fix}`}`.trim(),
  )
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}

export function tenantQuery(parsed: Parsed): string {
  const tenant = textOf(parsed, 'tenant')
  return tenant === undefined ? '' : `?tenant=${encodeURIComponent(tenant)}`
}
