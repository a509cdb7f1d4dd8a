import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStoredConfig } from '../../src/apps/config/hub-configuration.ts'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { createLog } from '../../src/observe/log.ts'
import { loadText } from './e2e/config.ts'

/** Who asks: an operator, or an administrator of one of the tenants. */
export type Who = 'operator' | 'contoso' | 'fabrikam'
export const secrets = { contoso: 'secret-of-contoso-pbx', fabrikam: 'secret-of-fabrikam-pbx' } as const

export const tokenOf = (who: Who) => `a-token-of-${who}`

/** One request and its whole answer. */
export interface Answer {
  readonly status: number
  readonly text: string
  readonly etag: string | null
  json(): Record<string, unknown>
}

/** A hub with a stored configuration, an operator, and an administrator of each of two tenants. */
export class ConfigWorld {
  readonly #folder = mkdtempSync(join(tmpdir(), 'hookswitch-tenants-'))
  #hub: RunningHub | undefined

  get url(): string {
    return this.#hub?.url ?? ''
  }

  /** `tenants` in the place of the two, each with two phone systems that nobody answers for. */
  async start(tenants: readonly object[] = usualTenants()): Promise<void> {
    await this.#open([])
    const saved = await this.send('operator', 'PUT', '/config', { config: { tenants } }, '*')
    if (saved.status !== 200) throw new Error(saved.text)
  }

  /** The same data directory; what runs then is what the usual tenants are. */
  async restart(): Promise<void> {
    await this.#hub?.stop()
    await this.#open(['contoso', 'fabrikam'])
  }

  /** Everything in the data directory, byte by byte. */
  stored(): string {
    const data = join(this.#folder, 'data')
    const files = readdirSync(data).map((name) => join(data, name))
    return files.flatMap((file) => (statSync(file).isFile() ? readFileSync(file, 'latin1') : [])).join('\n')
  }

  async #open(running: readonly string[]): Promise<void> {
    const data = join(this.#folder, 'data')
    const tokens = (['operator', 'contoso', 'fabrikam'] as const).map((name) => {
      const only = name === 'operator' ? {} : { tenants: [name] }
      return { name, token: tokenOf(name), scopes: ['admin'], ...only }
    })
    const config = loadText(
      JSON.stringify({
        http: { port: 0, tokens },
        store: { path: data },
        tenants: [{ id: 'contoso' }, { id: 'fabrikam' }],
      }),
    )
    const keys = { directory: data, env: {}, cwd: this.#folder }
    this.#hub = await startHub(
      { ...config, tenants: config.tenants.filter(({ id }) => running.includes(id)) },
      {
        log: createLog({ level: 'silent' }),
        configuration: (inside) => openStoredConfig({ fixed: { data, http: { port: 0 } }, keys }, inside),
      },
    )
  }

  async stop(): Promise<void> {
    await this.#hub?.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async send(who: Who, method: string, path: string, body?: unknown, ifMatch?: string): Promise<Answer> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokenOf(who)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, etag: answer.headers.get('etag'), json: () => JSON.parse(text) }
  }
}

function usualTenants(): readonly object[] {
  return (['contoso', 'fabrikam'] as const).map((id) => ({
    id,
    connectors: [
      { ...phone('pbx'), secret: secrets[id] },
      { ...phone('lamps'), secret: secrets[id] },
    ],
    people: [{ upn: `anna@${id}.example`, addresses: { pbx: '1001' } }],
    links: [{ from: 'pbx', to: 'lamps' }],
  }))
}

/** Settings of a phone system, without its secret. */
export function phone(id: string) {
  return { id, type: 'asterisk', host: '127.0.0.1', port: 9, username: 'hub' }
}
