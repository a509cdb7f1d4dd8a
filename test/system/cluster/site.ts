import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Child, startChild, until } from '../support/child.ts'
import { type LinkGate, startLinkGate } from '../support/link-gate.ts'
import { busyMachineMs, type ClusterNode } from './node.ts'

const program = fileURLToPath(new URL('../../../bin/hookswitch.js', import.meta.url))

/** The phone system of one tenant, at a site that knows every hub and reaches each through a gate. */
export class ClusterSite {
  readonly #child: Child
  readonly #folder: string
  readonly #gates: readonly LinkGate[]

  private constructor(child: Child, folder: string, gates: readonly LinkGate[]) {
    this.#child = child
    this.#folder = folder
    this.#gates = gates
  }

  /** The hubs run, and their configuration says that the tenant's `pbx` is at a site. */
  static async open(nodes: readonly ClusterNode[], tenant: string): Promise<ClusterSite> {
    const ask = () => nodes[0]!.ask('POST', 'sites/codes', { tenant, connectors: ['pbx'] })
    let made = await ask()
    // Its tenant may just be on its way from one hub to another.
    const isAnswered = async () => {
      if (made.status === 503) made = await ask()
      return made.status !== 503
    }
    await until(isAnswered, () => `a code for a site: ${made.status} ${made.text}`, busyMachineMs)
    if (made.status !== 200) throw new Error(`no code for a site: ${made.status} ${made.text}`)
    const { code } = made.json<{ code: string }>()
    const gates: LinkGate[] = []
    for (const { url } of nodes) gates.push(await startLinkGate(Number(new URL(url).port)))
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-cluster-site-'))
    const hubs = gates.map(({ url }) => url).join(',')
    const start = ['site', '--data', join(folder, 'site'), '--hub', hubs, '--code', code]
    return new ClusterSite(startChild(process.execPath, [program, ...start]), folder, gates)
  }

  /** Connections end, and there are no new ones. */
  cut(): void {
    for (const gate of this.#gates) gate.cut()
  }

  /** Connections stay, and nothing comes through. */
  stall(): void {
    for (const gate of this.#gates) gate.stall()
  }

  heal(): void {
    for (const gate of this.#gates) gate.open()
  }

  output(): string {
    return this.#child.output().slice(-4_000)
  }

  async close(): Promise<void> {
    await this.#child.kill()
    await Promise.all(this.#gates.map((gate) => gate.close()))
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
