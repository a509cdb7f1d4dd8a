import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import type { SiteView } from '../../../src/core/site-port.ts'
import type { ExplainView, PersonView } from '../../../src/core/view.ts'
import type { PersonState } from '../../../src/lab/people.ts'
import { configText } from '../e2e/config.ts'
import { type CommandRun, runCommand, writeConfigFile } from '../e2e/hub-process.ts'
import { IN_A_CALL } from '../e2e/lab-people.ts'
import { type Child, startChild, until } from '../support/child.ts'
import { findFreePort } from '../support/free-port.ts'
import { type LinkGate, startLinkGate } from '../support/link-gate.ts'

const program = fileURLToPath(new URL('../../../bin/hookswitch.js', import.meta.url))
/** What takes a moment may take so much longer on a loaded machine, milliseconds. */
export const busyMachineMs = 120_000

export const anna = { upn: 'anna@contoso.example', extension: '1001' } as const
export const ben = { upn: 'ben@contoso.example', extension: '1002' } as const

export interface Someone {
  readonly upn: string
  readonly extension: string
}

interface Places {
  readonly controlUrl: string
  readonly graphUrl: string
  readonly loginUrl: string
  readonly ami: string
  readonly sip: string
}

/** The lab, a hub, and a site that reaches it through a gate: each a process of its own. */
export class SiteWorld {
  readonly folder: string
  readonly gate: LinkGate
  readonly hubUrl: string
  readonly #places: Places
  readonly #lab: Child
  hub: Child | undefined
  site: Child | undefined

  private constructor(parts: Pick<SiteWorld, 'folder' | 'gate' | 'hubUrl'> & { places: Places; lab: Child }) {
    this.folder = parts.folder
    this.gate = parts.gate
    this.hubUrl = parts.hubUrl
    this.#places = parts.places
    this.#lab = parts.lab
  }

  static async open(): Promise<SiteWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-sites-'))
    const lab = startChild(process.execPath, [program, 'lab', '--json'])
    const port = await findFreePort()
    const line = () => /^\{.*\}$/m.exec(lab.output())?.[0] ?? ''
    const words = () => `the lab to start\n${lab.output()}`
    const said = await until(line, words, busyMachineMs).catch(async (error: unknown) => {
      await lab.kill()
      throw error
    })
    const places = JSON.parse(said) as Places
    const text = configText(
      { ...places, addresses: { ami: places.ami, sip: places.sip } },
      {
        people: [anna, ben].map(({ upn, extension }) => ({ upn, addresses: { pbx: extension } })),
        ...{ data: './hub', port, pbx: { site: 'office' } },
      },
    )
    writeConfigFile(folder, text)
    const gate = await startLinkGate(port)
    return new SiteWorld({ folder, gate, places, lab, hubUrl: `http://127.0.0.1:${port}` })
  }

  get config(): string {
    return join(this.folder, 'hookswitch.yaml')
  }

  get siteFolder(): string {
    return join(this.folder, 'site')
  }

  async startHub(): Promise<void> {
    const hub = startChild(process.execPath, [program, 'serve', '--config', this.config])
    this.hub = hub
    await until(
      () => {
        if (!hub.running()) throw new Error(`the hub ended at once:\n${hub.output()}`)
        return hub.output().includes('listens at')
      },
      () => `the hub to listen\n${hub.output()}`,
      busyMachineMs,
    )
  }

  command(...args: readonly string[]): Promise<CommandRun> {
    return runCommand(...args)
  }

  /** The code itself. */
  async makeCode(): Promise<string> {
    const made = await this.command('sites', 'code', 'contoso', '--connectors', 'pbx', '--url', this.hubUrl)
    if (made.code !== 0) throw new Error(made.output)
    return made.output.split('\n')[0]!
  }

  /** Through the gate. `code` at the first start. */
  startSite(code?: string, folder = this.siteFolder): Child {
    const first = code === undefined ? [] : ['--hub', this.gate.url, '--code', code]
    this.site = startChild(process.execPath, [program, 'site', '--data', folder, ...first])
    return this.site
  }

  /** Of a site that is stopped: its hub has been away for so much longer. */
  ageAbsence(minutes: number): void {
    const db = new Database(join(this.siteFolder, 'hookswitch.db'))
    const aged = db
      .prepare("update memory set body = body - ? where scope = 'site/link' and key = 'cutAt'")
      .run(minutes * 60_000)
    db.close()
    if (aged.changes !== 1) throw new Error('the site did not note that its hub is away')
  }

  /** The site runs, and everybody's phone was heard. */
  async heard(): Promise<void> {
    const isHeard = async ({ upn }: { readonly upn: string }) =>
      (await this.person(upn))?.systems.every(({ synced }) => synced) ?? false
    await until(
      async () => (await isHeard(anna)) && (await isHeard(ben)),
      () => `everybody to be heard\n${this.output()}`,
      busyMachineMs,
    )
  }

  async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return (await request(`${this.hubUrl}/api/v1/${path}`, method, body)) as Answer
  }

  async person(upn: string): Promise<PersonView | undefined> {
    return this.ask<PersonView>('GET', `people/${upn}`).catch(() => undefined)
  }

  async sites(): Promise<readonly SiteView[]> {
    return (await this.ask<{ sites: readonly SiteView[] }>('GET', 'sites')).sites
  }

  lab(method: string, path: string, body?: unknown): Promise<unknown> {
    return request(`${this.#places.controlUrl}/lab/${path}`, method, body)
  }

  async state(upn: string): Promise<PersonState> {
    return (await this.lab('GET', `people/${encodeURIComponent(upn)}`)) as PersonState
  }

  /** Until Teams shows this of somebody. */
  async shows(upn: string, shown: string | RegExp): Promise<void> {
    let last = ''
    await until(
      async () => {
        last = (await this.state(upn)).teams.shown
        return typeof shown === 'string' ? last === shown : shown.test(last)
      },
      () => `${upn} to be ${shown} in Teams, not ${last}\n${this.output()}`,
      busyMachineMs,
    )
  }

  /** A call that was answered, and of which the hub knows that: Teams shows one from dialling on. */
  async talks({ upn, extension }: Someone): Promise<void> {
    await this.lab('POST', `phones/${extension}/call`, {})
    await this.shows(upn, IN_A_CALL)
    let last: readonly string[] = []
    await until(
      async () => {
        const { signals } = await this.ask<ExplainView>('GET', `people/${upn}/explain`)
        last = signals.map(({ what }) => what)
        return last.some((what) => what.endsWith(': talking'))
      },
      () => `the hub to know that ${upn} talks, not ${last}\n${this.output()}`,
      busyMachineMs,
    )
  }

  /** Until the hub has read that Teams shows no do not disturb; it looks every two seconds. */
  async isReadAsFree({ upn }: Someone): Promise<void> {
    const isFree = (found: PersonView | undefined) => {
      const native = found?.systems.find(({ connector }) => connector === 'teams')?.native
      return native !== undefined && native.availability !== 'doNotDisturb'
    }
    await until(
      async () => isFree(await this.person(upn)),
      () => `the hub to read that ${upn} is free\n${this.output()}`,
      busyMachineMs,
    )
  }

  async hasDnd({ upn, extension }: Someone): Promise<boolean> {
    return (await this.state(upn)).phones.find((phone) => phone.extension === extension)?.dnd === true
  }

  /** Until a phone is on do not disturb, or not. */
  async phoneIs(someone: Someone, dnd: boolean): Promise<void> {
    await until(
      async () => (await this.hasDnd(someone)) === dnd,
      () => `the phone of ${someone.upn} to have do not disturb ${dnd}\n${this.output()}`,
      busyMachineMs,
    )
  }

  output(): string {
    return [this.hub, this.site].map((child) => `---\n${child?.output().slice(-5_000)}`).join('\n')
  }

  async close(): Promise<void> {
    await Promise.all([this.site?.kill(), this.hub?.kill(), this.#lab.stop(), this.gate.close()])
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function request(url: string, method: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}
