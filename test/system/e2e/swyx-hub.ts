import { type Swyx, startSwyx } from '../../../src/apps/phone-agent/swyx.ts'
import type { EmulatorWorld } from '../../../src/lab/emulator.ts'
import { type Salesforce, startSalesforce } from '../../../src/lab/salesforce/server.ts'
import { type SipEmulator, startSip } from '../../../src/lab/sip/server.ts'
import { until } from '../support/child.ts'
import { joinHub } from './agent-hub.ts'
import { loadText } from './config.ts'
import { type LabConfig, startHubBesideLab } from './lab-hub.ts'

/**
 * Swyx beside Microsoft 365, on one clock that the test moves. `agent`: lamps by SIP and states by an agent, as
 * `hookswitch demo --with swyx` has it. `vendor`: kept in step with Teams by the vendor's own connector, with a CRM that
 * the hub serves.
 */
export async function startSwyxHub(way: 'agent' | 'vendor') {
  const made: { sip?: SipEmulator; swyx?: Swyx; crm?: Salesforce } = {}
  const sip = async (lab: EmulatorWorld) => {
    made.sip = await startSip(lab)
    return made.sip
  }
  const swyx = async (lab: EmulatorWorld) => {
    made.swyx = await startSwyx(lab)
    return made.swyx
  }
  const salesforce = async (lab: EmulatorWorld) => {
    made.crm = await startSalesforce(lab)
    return made.crm
  }
  const world = await startHubBesideLab({
    name: 'swyx',
    emulators: way === 'agent' ? { sip, swyx } : { sip, salesforce },
    change: (config) => {
      if (way === 'vendor') keepByVendor(config, made.sip!.address)
    },
    started: async ({ url }) => made.swyx && joinHub(made.swyx.address, url),
  })
  return {
    ...{ ...world, sip: made.sip!, swyx: made.swyx!, crm: made.crm! },
    config: (change: (config: LabConfig) => void) => loadText(world.text(change)),
    /** What the lamps tell of a call is on its way between sockets; time stands still until the hub has heard it. */
    heard: (name: string, call: boolean) =>
      until(() => {
        const lamps = world.view(name).systems.find(({ connector }) => connector === 'lamps')
        return (lamps?.native?.activity === 'inACall') === call
      }, `the lamps of ${name} to be heard`),
    /** What the hub handed to the agent, as `1001 away/away`. */
    writes: () =>
      world.lab.requests
        .since(0)
        .filter(({ target, method }) => target === 'agent' && method === 'publish')
        .map(({ path, body }) => `${path.replace('presence/', '')} ${body as string}`),
  }
}

/** The page's set-up for that way: no link between Swyx and Teams, none between Swyx and the CRM. */
function keepByVendor({ tenants: [tenant] }: LabConfig, server: string): void {
  const account = { username: 'hookswitch', password: 'lab-password', domain: 'lab.example' }
  tenant!.connectors = tenant!.connectors.map((one) =>
    one.id === 'pbx'
      ? { id: 'pbx', type: 'sip', server, transport: 'tcp', ...account, teamsSync: 'vendor' }
      : one,
  )
  const preset = 'swyx-via-crm'
  tenant!.links = [
    { from: 'teams', to: 'crm', preset },
    { from: 'crm', to: 'teams', preset },
  ]
}

export type SwyxHub = Awaited<ReturnType<typeof startSwyxHub>>
