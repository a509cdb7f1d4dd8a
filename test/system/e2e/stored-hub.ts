import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Child, startChild, until } from '../support/child.ts'

const program = fileURLToPath(new URL('../../../bin/hookswitch.js', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly output: string
}

/** A data directory without a configuration file, and `hookswitch serve` on it. */
export class StoredHub {
  readonly folder = mkdtempSync(join(tmpdir(), 'hookswitch-stored-'))
  readonly data = join(this.folder, 'data')
  /** Everything that any process said. */
  said = ''
  #child: Child | undefined
  /** Where it listens, once it does. */
  url = ''

  async start(...options: readonly string[]): Promise<void> {
    const args = [program, 'serve', '--data', this.data, '--port', '0', ...options]
    const child = startChild(process.execPath, args, { cwd: this.folder })
    this.#child = child
    this.url = await until(
      () => {
        if (!child.running()) throw new Error(`the hub ended at once:\n${child.output()}`)
        return /listens at (http:\S+)/.exec(child.output())?.[1] ?? ''
      },
      () => `the hub to listen:\n${child.output()}`,
      60_000,
    )
  }

  /** What the running one has said so far. */
  console(): string {
    return this.#child?.output() ?? ''
  }

  /** What it said at the end. */
  async stop(): Promise<string> {
    await this.#child?.stop()
    const text = this.#child?.output() ?? ''
    this.said += text
    this.#child = undefined
    return text
  }

  async close(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** One request to the API; the whole answer as text, too. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const json = () => JSON.parse(text) as Record<string, unknown>
    return { status: answer.status, etag: answer.headers.get('etag'), text, json }
  }

  /** A command on the same data directory. */
  run(...args: readonly string[]): Promise<Ended> {
    return this.#run([...args, '--data', this.data])
  }

  generate(file: string): Promise<Ended> {
    return this.#run(['keys', 'generate', '--out', file])
  }

  async #run(args: readonly string[]): Promise<Ended> {
    const child = startChild(process.execPath, [program, ...args], { cwd: this.folder })
    const code = await child.ended
    this.said += child.output()
    return { code, output: child.output() }
  }

  /** Everything in the data directory that is not the key itself, byte by byte. */
  stored(): string {
    return readdirSync(this.data, { recursive: true, encoding: 'utf8' })
      .filter((name) => name !== 'secret.key' && statSync(join(this.data, name)).isFile())
      .map((name) => readFileSync(join(this.data, name), 'latin1'))
      .join('\n')
  }
}
