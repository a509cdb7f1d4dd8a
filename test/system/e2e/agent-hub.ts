import { labAgent, type PhoneAgent, startPhoneAgent } from '../../../src/apps/phone-agent/start.ts'
import type { EmulatorWorld } from '../../../src/lab/emulator.ts'
import { startHubBesideLab } from './lab-hub.ts'

/** Microsoft 365, an agent before the lab's phones, and the hub that the demo configures, on one clock of the test's. */
export async function startAgentHub(agents: readonly Record<string, unknown>[] = []) {
  const made: { agent?: PhoneAgent } = {}
  const world = await startHubBesideLab({
    name: 'agent',
    emulators: {
      agent: async (lab: EmulatorWorld) => {
        // Told where the hub is once it listens.
        made.agent = await startPhoneAgent({ ...lab, hub: 'http://127.0.0.1:1/hooks/contoso/pbx' })
        return made.agent
      },
    },
    change: ({ tenants: [tenant] }) => {
      const own = tenant!.connectors.find(({ type }) => type === 'agent')!
      own.agents = [...(own.agents as object[]), ...agents]
    },
    started: ({ url }) => joinHub(made.agent!.address, url),
  })
  return {
    ...{ ...world, site: made.agent!, token: labAgent.token },
    callback: () => `${world.hub().url}/hooks/contoso/pbx`,
    /** The system `pbx` of a person as the board shows it. */
    system: (name: string) => world.view(name).systems.find(({ connector }) => connector === 'pbx')!,
    /** What was handed to the agent to set, as `dnd/1001 doNotDisturb/doNotDisturb`. */
    writes: () =>
      world.lab.requests
        .since(0)
        .filter(({ target, method }) => target === 'agent' && method === 'publish')
        .map(({ path, body }) => `${path} ${body as string}`),
  }
}

/** Tells an agent of the lab where the hub's connector `pbx` is. */
export function joinHub(agent: string, hubUrl: string): Promise<unknown> {
  const body = JSON.stringify({ url: `${hubUrl}/hooks/contoso/pbx` })
  return fetch(`${agent}/join`, { method: 'POST', body })
}

export type AgentHub = Awaited<ReturnType<typeof startAgentHub>>
