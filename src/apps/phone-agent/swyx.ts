import { AgentClient, type AgentSource, type SocketLike } from '../../agent-client/client.ts'
import type { Observation, Outcome, Publication } from '../../agent-client/wire.ts'
import type { Emulator, EmulatorDesk, EmulatorWorld } from '../../lab/emulator.ts'
import { labAgent, serveJoin } from './start.ts'

/** Swyx's words for what a user shows, and what they are in the protocol. */
const words = {
  Available: 'available/available',
  Away: 'away/away',
  'Do not disturb': 'doNotDisturb/doNotDisturb',
  Speaking: 'busy/inACall',
} as const

type Word = keyof typeof words

/** What a user can pick in SwyxIt!; Speaking comes from calls, or is set for one elsewhere. */
const picked: readonly Word[] = ['Available', 'Away', 'Do not disturb']

const wordOf = (state: string) => (Object.keys(words) as Word[]).find((word) => words[word] === state)

/** What a user shows, who set it, and the text beside it, which nobody but the user touches. */
interface Shown {
  readonly word: Word
  readonly by: 'person' | 'hub'
  readonly text: string
}

/** A Swyx whose states an agent on Windows reads and sets; calls are seen by SIP (docs/connectors/swyx.md). */
export interface Swyx extends Emulator {
  readonly desk: EmulatorDesk
  readonly client: AgentClient
  shown(extension: string): Shown
  pick(extension: string, word: Word, text?: string): void
}

const nothing: Shown = { word: 'Available', by: 'hub', text: '' }

/** Starts the agent before the lab's phones: states only, since calls are read by SIP. */
export async function startSwyx(world: EmulatorWorld): Promise<Swyx> {
  const { clock, phones, people, requests, faults } = world
  const states = new Map<string, Shown>()
  const shown = (extension: string) => states.get(extension) ?? nothing
  const observe = (address: string): Observation => {
    const { word, by } = shown(address)
    const chosen = by === 'person' ? 'yes' : 'unknown'
    return { address, facet: { kind: 'presence', state: words[word], chosen } }
  }
  const set = (address: string, next: Shown) => {
    states.set(address, next)
    client.observed(observe(address))
  }
  const publish = ({ address, slot, state }: Publication): Outcome => {
    const word = wordOf(state)
    requests.add({ target: 'agent', method: 'publish', path: `${slot}/${address}`, body: state })
    if (!phones.phone(address)) return { kind: 'rejected', reason: `there is no extension ${address}` }
    if (slot !== 'presence' || !word) return { kind: 'rejected', reason: `Swyx has no ${slot} ${state}` }
    const before = shown(address)
    if (before.word === word) return { kind: 'unchanged' }
    set(address, { ...before, word, by: 'hub' })
    return { kind: 'applied' }
  }
  const source: AgentSource = {
    snapshot: (asked) => asked.filter((address) => phones.phone(address)).map(observe),
    directory: () =>
      phones.list().map(({ extension, displayName, mail }) => ({
        ...{ address: extension, displayName },
        mails: mail === undefined ? [] : [mail],
      })),
    publish,
  }
  const connect = (url: string) =>
    new AgentClient({
      ...{ url, agent: labAgent.id, token: labAgent.token, source, program: 'the lab’s Swyx' },
      openSocket: (to) => {
        if (faults.inForce('agent', 'refuse')) throw new Error('refused by the lab')
        return new WebSocket(to) as SocketLike
      },
      after: (delayMs, callback) => {
        const timer = clock.after(delayMs, callback)
        return () => timer.cancel()
      },
      retryMs: { first: 100, longest: 2_000 },
    })
  let client = connect('http://127.0.0.1:8080/hooks/contoso/pbx')
  const door = await serveJoin(world.port, (url) => {
    client.stop()
    client = connect(url)
    client.start()
  })
  const forgetFaults = faults.on(({ target, kind }) => {
    if (target !== 'agent' || kind !== 'refuse') return
    client.stop({ bye: false })
    client.start()
  })
  const pick = (extension: string, word: Word, text = shown(extension).text) =>
    set(extension, { word, by: 'person', text })
  const extensionOf = (upn: string) => people.extensionsOf(upn).find((one) => phones.phone(one))
  const speaks = (extension: string) => phones.legs(extension).some(({ state }) => state !== 'ringing')
  return {
    address: door.address,
    desk: {
      states: picked,
      shown(upn) {
        const extension = extensionOf(upn)
        if (extension === undefined) return undefined
        return speaks(extension) ? 'Speaking' : shown(extension).word
      },
      pick(upn, state) {
        const extension = extensionOf(upn)
        const word = picked.find((one) => one === state)
        if (extension === undefined || !word) return false
        pick(extension, word)
        return true
      },
    },
    get client() {
      return client
    },
    ...{ shown, pick },
    async stop() {
      forgetFaults()
      client.stop()
      await door.close()
    },
  }
}
