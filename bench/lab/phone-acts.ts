import { AgentClient } from '../../src/agent-client/client.ts'
import type { Observation } from '../../src/agent-client/wire.ts'
import { agentId, agentToken, tenantId } from '../kit/world.ts'
import type { Player, Stage } from './stage.ts'

/** How calls come to be known to the hub. */
export interface PhoneActs {
  start(player: Player): void
  hangup(player: Player): void
  stop(): void
}

/** At the emulated PBXs, which tell it in the events that a real one sends. */
export const atPbxs: PhoneActs = {
  start: ({ phones, extension }) => void phones.start({ extension, direction: 'outbound' }),
  hangup: ({ phones, extension }) => void phones.hangup(extension),
  stop: () => {},
}

/** What one agent has to tell: what changed in the same turn of the event loop goes out in one frame. */
class Site {
  readonly #calls = new Map<string, number>()
  readonly #changed = new Set<string>()
  readonly #client: AgentClient
  #calling = 0

  constructor(url: string, extensions: ReadonlyMap<string, string>) {
    const directory = () => [...extensions].map(([address, mail]) => ({ address, mails: [mail] }))
    this.#client = new AgentClient({
      ...{ url, agent: agentId, token: agentToken },
      source: { snapshot: (addresses) => this.#observe(addresses), directory },
    })
    this.#client.start()
  }

  change(extension: string, inCall: boolean): void {
    if (inCall) this.#calls.set(extension, ++this.#calling)
    else this.#calls.delete(extension)
    if (this.#changed.size === 0) setImmediate(() => this.#tell())
    this.#changed.add(extension)
  }

  stop(): void {
    this.#client.stop()
  }

  #tell(): void {
    const changed = [...this.#changed]
    this.#changed.clear()
    this.#client.tell(changed, this.#observe(changed))
  }

  #observe(addresses: readonly string[]): Observation[] {
    return addresses.flatMap((address) => {
      const call = this.#calls.get(address)
      if (call === undefined) return []
      const leg = { leg: String(call), state: 'confirmed', direction: 'outbound', party: 'external' } as const
      return [{ address, facet: { kind: 'dialog', ...leg } }]
    })
  }
}

/** By agents (docs/guide/agent-protocol.md), one for each tenant. */
export function byAgents(stage: Stage, hubUrl: string): PhoneActs {
  const tenants = [...new Set(stage.players.map(({ tenant }) => tenant))]
  const sites = new Map(
    tenants.map((tenant, index) => {
      const own = stage.players.filter((player) => player.tenant === tenant)
      const mails = own.map(({ extension, person }) => [extension, person.user.userPrincipalName] as const)
      return [tenant, new Site(`${hubUrl}/hooks/${tenantId(index)}/pbx1`, new Map(mails))]
    }),
  )
  return {
    start: ({ tenant, extension }) => sites.get(tenant)!.change(extension, true),
    hangup: ({ tenant, extension }) => sites.get(tenant)!.change(extension, false),
    stop() {
      for (const site of sites.values()) site.stop()
    },
  }
}
