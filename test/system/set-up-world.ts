import { fileURLToPath } from 'node:url'
import type { PersonState } from '../../src/lab/people.ts'
import { StoredHub } from './e2e/stored-hub.ts'
import { startChild, until } from './support/child.ts'
import { readSetUpLink } from './support/set-up-link.ts'

const program = fileURLToPath(new URL('../../bin/hookswitch.js', import.meta.url))
const busyMachineMs = 60_000

/** What `hookswitch lab --json` says. */
interface Places {
  readonly controlUrl: string
  readonly graphUrl: string
  readonly loginUrl: string
  readonly ami: string
}

/** An empty hub and a lab, each a process of its own, as somebody has them who begins. */
export interface SetUpWorld {
  readonly places: Places
  readonly hub: StoredHub
  /** The link on the hub's console. */
  link(): Promise<string>
  /** Something happens in the lab. */
  act(method: string, path: string, body?: object): Promise<unknown>
  person(upn: string): Promise<PersonState>
  stop(): Promise<void>
}

export async function startSetUpWorld(): Promise<SetUpWorld> {
  const lab = startChild(process.execPath, [program, 'lab', '--json'])
  const hub = new StoredHub()
  const stop = async () => {
    await hub.close()
    await lab.stop()
  }
  try {
    const said = () => /^\{.*\}$/m.exec(lab.output())?.[0] ?? ''
    const places = JSON.parse(
      await until(said, () => `the lab to start\n${lab.output()}`, busyMachineMs),
    ) as Places
    await hub.start()
    const act = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${places.controlUrl}/lab/${path}`, {
        method,
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`the lab refused ${method} ${path}: ${text}`)
      return text === '' ? undefined : (JSON.parse(text) as unknown)
    }
    return {
      ...{ places, hub, act, stop },
      link: async () => (await readSetUpLink(() => hub.console())).link,
      person: async (upn) => (await act('GET', `people/${encodeURIComponent(upn)}`)) as PersonState,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Zoe's phone has a mail address that nobody in Microsoft 365 has, and the mail address of Ben's phone is that of two
 * accounts there: the one cannot be matched, the other not without a doubt.
 */
export async function addDoubtfulPeople({ act }: Pick<SetUpWorld, 'act'>): Promise<void> {
  const zoe = { displayName: 'Zoe Marin', extensions: ['1090'], mail: 'zoe@old.example' }
  await act('PUT', 'people/zoe@contoso.example', zoe)
  // The phone keeps the address that the account loses.
  await act('PUT', 'people/zoe@contoso.example', { mail: null })
  await act('PUT', 'people/second@contoso.example', {
    displayName: 'Ben Ortiz (second account)',
    mail: 'ben@contoso.example',
  })
}
