import { parse } from 'yaml'
import type { PersonView } from '../../src/core/view.ts'
import { type BoardBrowser, openBrowser, type PageOptions } from './board-browser.ts'
import { DND, IN_A_CALL } from './e2e/lab-people.ts'
import { StoredHub } from './e2e/stored-hub.ts'
import { isHeard, startWorld } from './e2e/world.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'
import { readSetUpLink } from './support/set-up-link.ts'

const busyMachineMs = 60_000
const anna = 'anna@contoso.example'

/** A hub with its own configuration beside the lab: a dozen people in `contoso`, and `fabrikam`, whose phones are down. */
export interface PortalWorld {
  readonly browser: BoardBrowser
  /** The link for the first account; used up by the start. */
  readonly setUpLink: string
  /** As the operator, who is Anna too; as nobody where told. */
  open(
    address: string,
    options?: PageOptions & { nobody?: true },
  ): Promise<Awaited<ReturnType<BoardBrowser['open']>>>
  /** The first account is made: until then everyone on this machine may do everything. */
  createAccount(): Promise<void>
  stop(): Promise<void>
}

export async function startPortalWorld(): Promise<PortalWorld> {
  const world = await startWorld({ withoutHub: true })
  const hub = new StoredHub()
  const browser = await openBrowser()
  const stop = async () => {
    await browser.close()
    await hub.close()
    await world.stop()
  }
  const send = async (method: string, path: string, body?: object, headers?: Record<string, string>) => {
    const answer = await hub.send(method, path, body, headers)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`)
    return answer.json()
  }
  let cookie = ''

  async function configure(): Promise<void> {
    const { tenants } = parse(world.text()) as { tenants: Record<string, unknown>[] }
    const port = await findFreePort()
    const pbx = { id: 'pbx', type: 'asterisk', host: '127.0.0.1', port, username: 'hub', secret: 'a-secret' }
    const fabrikam = { id: 'fabrikam', connectors: [pbx], people: [{ upn: 'olaf@fabrikam.example' }] }
    const config = { tenants: [{ ...tenants[0], history: { days: 7 } }, fabrikam] }
    await send('PUT', '/config', { config, comment: 'The first week' }, { 'if-match': '*' })
    const heard = async () => {
      const { people } = (await send('GET', '/people?tenant=contoso')) as unknown as { people: PersonView[] }
      return people.length === 12 && people.every(isHeard)
    }
    await until(heard, 'everyone to be heard', busyMachineMs)
  }

  /** Anna telephones, Chiara is not to be disturbed, David is on holiday. */
  async function act(): Promise<void> {
    world.phone('1001').dial('+4930123')
    world.person('chiara').status(DND)
    await until(() => world.person('anna').shown() === IN_A_CALL, 'the call in Teams', busyMachineMs)
    await send('PUT', '/people/david@contoso.example/pause', {})
  }

  async function createAccount(): Promise<void> {
    const enter = async (path: string, wish: object) => {
      const answer = await fetch(`${hub.url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'olga', password: 'correct horse battery', ...wish }),
      })
      if (!answer.ok) throw new Error(await answer.text())
      cookie = /^([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')![1]!
    }
    const displayName = 'Olga Petrova'
    await enter('/set-up', { displayName, code: setUpLink.split('/').at(-1) })
    const headers = { cookie, origin: hub.url }
    const { accounts } = (await send('GET', '/accounts', undefined, headers)) as {
      accounts: { id: string }[]
    }
    const watches = [{ role: 'supervisor', tenant: 'contoso' }]
    await send(
      'POST',
      '/accounts',
      { name: 'grace', displayName: 'Grace Lindholm', grants: watches },
      headers,
    )
    await send('POST', '/tokens', { name: 'wallboard', scopes: ['read'], tenants: ['contoso'] }, headers)
    const grants = [{ role: 'operator' }, { role: 'member', tenant: 'contoso', person: anna }]
    // Other rights end the sessions of an account.
    await send('PUT', `/accounts/${accounts[0]!.id}`, { displayName, grants }, headers)
    await enter('/session', {})
  }

  let setUpLink = ''
  try {
    await hub.start()
    setUpLink = (await readSetUpLink(() => hub.console())).link
    await configure()
    await act()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    ...{ browser, setUpLink, createAccount, stop },
    async open(address, { nobody, ...options } = {}) {
      const opened = await browser.open(`${hub.url}${address}`, {
        quiet: ['401', '404'],
        ...(cookie !== '' && !nobody && { cookie }),
        ...options,
      })
      return opened
    },
  }
}
