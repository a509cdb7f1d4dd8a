import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { labConfig } from '../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { type Ami, startAmi } from '../../src/lab/asterisk/server.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { startLab } from '../../src/lab/lab.ts'
import type { Application } from '../../src/lab/microsoft/application.ts'
import { sample, sampleTenant } from '../../src/lab/sample.ts'
import { createLog } from '../../src/observe/log.ts'
import { loadText } from './e2e/config.ts'
import type { LabConfig } from './e2e/lab-hub.ts'
import { labPerson, labPhone, teamsWrites, upnOf } from './e2e/lab-people.ts'
import { type Idle, pass, passUntil } from './e2e/time.ts'
import { findFreePort } from './support/free-port.ts'

type Written = Record<string, unknown>

export interface ConsentConfig extends LabConfig {
  applications?: Written[]
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every form
  readonly body: any
}

/** What another tenant of Microsoft 365 is called in these tests. */
export const fabrikam = '5d0a1b2c-3e4f-4a5b-8c6d-7e8f9a0b1c2d'

/** A lab with two tenants of Microsoft 365, and a hub whose configuration a test changes; time passes when it is told to. */
export async function startConsentWorld(
  change: (config: ConsentConfig, lab: { readonly loginUrl: string; readonly graphUrl: string }) => void,
  more: {
    readonly application?: Partial<Application>
    /** It is the operator's: every tenant may consent to it, and none has. */
    readonly published?: true
  } = {},
) {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-consent-'))
  const port = await findFreePort()
  const base = `http://127.0.0.1:${port}`
  const made: { ami?: Ami } = {}
  const [contoso] = [sampleTenant()]
  const application = {
    ...contoso.applications[0]!,
    redirectUris: [`${base}/api/v1/pairing/callback`, `${base}/api/v1/consent/callback`],
    ...more.application,
  }
  const lab = await startLab({
    clock: new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 21, 9) }),
    tenants: [
      { ...contoso, applications: more.published ? [] : [application] },
      { entraTenantId: fabrikam, applications: [], people: [{ upn: 'fay@fabrikam.example' }] },
    ],
    emulators: {
      ami: async (around) => {
        made.ami = await startAmi(around)
        return made.ami
      },
    },
  })
  if (more.published) lab.entra.publish({ ...application, multiTenant: true, tellsDirectoryRoles: true })
  const microsoft = lab.tenants.get(sample.entraTenantId)!
  microsoft.put({ userPrincipalName: 'gina@contoso.example', displayName: 'Gina Admin', globalAdmin: true })
  lab.tenants
    .get(fabrikam)!
    .put({ userPrincipalName: 'root@fabrikam.example', displayName: 'Root', globalAdmin: true })
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const { ami = '' } = lab.addresses
  const text = () => {
    const config = parse(
      labConfig({ ...lab, ami, sip: '127.0.0.1:0', systems: {} }, { port, data }),
    ) as ConsentConfig
    change(config, lab)
    return JSON.stringify(config)
  }
  let hub: RunningHub
  const idle: Idle = (of) => hub.idle(of)
  const world = {
    ...{ lab, base, application, log: lines, data },
    hub: () => hub,
    async restart() {
      await hub?.stop()
      hub = await startHub(loadText(text()), { clock: lab.clock, log })
    },
    person: (name: string) => labPerson(lab, name),
    phone: (extension: string) => labPhone(lab, made.ami!, extension),
    /** How often something was shown in Teams for somebody; taking it back does not count. */
    writes: (name: string) =>
      teamsWrites(lab, 0, upnOf(name)).filter(({ path, status }) => /\/set\w+$/.test(path) && status === 200)
        .length,
    pass: (ms: number) => pass(lab.clock, ms, { idle }),
    passUntil: (look: () => unknown, what: string, ms = 20_000) =>
      passUntil(lab.clock, look, { what, ms, idle, said: () => lines.slice(-20).join('') }),
    async call(
      path: string,
      { method = 'GET', body }: { method?: string; body?: unknown } = {},
    ): Promise<Answer> {
      const answer = await fetch(`${base}/api/v1${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      })
      const told = await answer.text()
      const isJson = answer.headers.get('content-type')?.includes('json')
      return { status: answer.status, body: isJson ? JSON.parse(told) : told }
    },
    async stop() {
      await hub.stop()
      await lab.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
  await world.restart()
  return world
}

export type ConsentWorld = Awaited<ReturnType<typeof startConsentWorld>>

/** A browser as far as a way to Microsoft and back goes: it follows redirects, keeps cookies of the hub, picks accounts. */
export class Traveller {
  readonly #base: string
  #cookie = ''

  constructor(base: string) {
    this.#base = base
  }

  /** POST as a page does before it leaves. */
  async leave(path: string): Promise<string> {
    const answer = await fetch(`${this.#base}/api/v1${path}`, { method: 'POST' })
    this.#keep(answer)
    const body = (await answer.json()) as { url?: string; detail?: string }
    if (body.url === undefined) throw new Error(body.detail)
    return body.url
  }

  /** Goes there; at Microsoft it is `upn`, where empty declines. Ends at a page. */
  async go(address: string, upn: string): Promise<{ readonly status: number; readonly text: string }> {
    let url = new URL(address)
    for (let steps = 0; steps < 10; steps++) {
      const isHub = url.origin === this.#base
      if (!isHub) url.searchParams.set('lab_user', upn)
      const answer = await fetch(url, { redirect: 'manual', headers: isHub ? { cookie: this.#cookie } : {} })
      if (isHub) this.#keep(answer)
      const to = answer.headers.get('location')
      if (to === null) return { status: answer.status, text: textOf(await answer.text()) }
      url = new URL(to, url)
    }
    throw new Error('it goes round and round')
  }

  /** Goes as far as Microsoft, and no further. */
  async stopAway(address: string): Promise<URL> {
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie: this.#cookie } })
    this.#keep(answer)
    return new URL(answer.headers.get('location')!)
  }

  /** The same browser once more. */
  copy(): Traveller {
    const other = new Traveller(this.#base)
    other.#cookie = this.#cookie
    return other
  }

  #keep(answer: Response): void {
    const [cookie] = answer.headers.getSetCookie()
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0]!
  }
}

function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}
