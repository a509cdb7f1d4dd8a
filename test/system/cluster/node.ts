import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PersonView } from '../../../src/core/view.ts'
import { type Child, startChild, until } from '../support/child.ts'
import { adminToken } from './config.ts'
import type { GraphProxy } from './graph-proxy.ts'
import type { Isolation } from './isolation.ts'

/** What takes a moment may take so much longer on a loaded machine, milliseconds. */
export const busyMachineMs = 120_000

const present = fileURLToPath(new URL('../../../bin/hookswitch.js', import.meta.url))
const steppingClock = new URL('./stepping-clock.ts', import.meta.url).href

interface NodeParts {
  /** Its configuration. */
  readonly file: string
  readonly port: number
  /** Where its wall clock is set. */
  readonly clockFile: string
  /** Its way to Graph. */
  readonly graph?: GraphProxy | undefined
  /** Where it runs, if it can be cut off. */
  readonly isolation?: Isolation | undefined
}

/** A hub in a process of its own. */
export class ClusterNode {
  readonly name: string
  /** Its configuration. */
  readonly file: string
  readonly url: string
  readonly graph: GraphProxy | undefined
  readonly isolation: Isolation | undefined
  readonly #parts: NodeParts
  child: Child | undefined
  /** What is started; another version of it from the next start on. */
  program = present

  constructor(name: string, parts: NodeParts) {
    this.name = name
    this.file = parts.file
    this.url = `http://127.0.0.1:${parts.port}`
    this.graph = parts.graph
    this.isolation = parts.isolation
    this.#parts = parts
  }

  /**
   * `more`: of the environment, beside that of the tests. Rejects where it ends at once, but where it could not reach PostgreSQL in
   * time: then it is started again, as systemd does (deploy/systemd).
   */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const { file, clockFile } = this.#parts
    this.setClock(0)
    const env = {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${steppingClock}`.trim(),
      HOOKSWITCH_TEST_CLOCK: clockFile,
      ...more,
    }
    const prefix = this.isolation?.prefix ?? []
    const [command, ...args] = [...prefix, process.execPath, this.program, 'serve', '--config', file]
    let child = startChild(command!, args, { env })
    this.child = child
    await until(
      async () => {
        if (!child.running()) {
          await child.ended
          if (!child.output().includes('it cannot be reached'))
            throw new Error(`${this.name} ended at once:\n${child.output()}`)
          child = startChild(command!, args, { env })
          this.child = child
        }
        return child.output().includes('listens at')
      },
      () => `${this.name} to listen:\n${child.output()}`,
      busyMachineMs,
    )
  }

  /** Its wall clock is off by so much from a moment on, milliseconds. */
  setClock(offMs: number): void {
    writeFileSync(this.#parts.clockFile, String(offMs))
  }

  async ask(method: string, path: string, body?: unknown, signal?: AbortSignal) {
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
    const text = await answer.text()
    return { status: answer.status, text, json: <T>() => JSON.parse(text) as T }
  }

  /** As Prometheus reads them. */
  async metrics(): Promise<string> {
    const headers = { authorization: `Bearer ${adminToken}` }
    return await (await fetch(`${this.url}/metrics`, { headers })).text()
  }

  async person(upn: string): Promise<PersonView | undefined> {
    const answer = await this.ask('GET', `people/${encodeURIComponent(upn)}`)
    return answer.status === 200 ? answer.json<PersonView>() : undefined
  }

  /** Everyone of a tenant, as this node shows them. */
  async peopleOf(tenant: string): Promise<readonly PersonView[]> {
    const answer = await this.ask('GET', `people?tenant=${tenant}&limit=1000`)
    return answer.status === 200 ? answer.json<{ people: PersonView[] }>().people : []
  }
}
