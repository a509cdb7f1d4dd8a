import { nameSome, type ToldHealth } from '../kit/health-teller.ts'

/** Everything that says how the agents are doing. */
export interface Condition {
  readonly connected: readonly { readonly id: string; readonly program: string | undefined }[]
  /** Agents that fell silent and have not come back, with the reason. */
  readonly lost: ReadonlyMap<string, string>
  readonly followed: number
  readonly unheard: readonly string[]
  readonly callback: string | undefined
}

const mostNamed = 5

/** The worst first. Whoever said goodbye is not missed. */
export function judge(condition: Condition): ToldHealth {
  const { connected, lost, followed, unheard, callback } = condition
  const [silent] = lost
  if (connected.length === 0) {
    return {
      state: 'degraded',
      detail: silent
        ? `No agent is connected. ${silent[0]} was lost: ${silent[1]}.`
        : 'No agent is connected.',
      fix: `Start an agent that connects to ${callback ?? 'the hub'}; see docs/guide/agent-protocol.md.`,
    }
  }
  if (silent) {
    return {
      state: 'degraded',
      detail: `Not connected any more: ${nameSome([...lost.keys()], mostNamed)} (${silent[1]}).`,
      fix: 'See whether the computer is on and the agent runs.',
    }
  }
  const agents = nameSome(
    connected.map(({ id, program }) => (program ? `${id} (${program})` : id)),
    mostNamed,
  )
  const missing = unheard.length > 0 ? `; nobody speaks for ${nameSome(unheard, mostNamed)}` : ''
  return { state: 'up', detail: `${followed - unheard.length} addresses, told by ${agents}${missing}` }
}
