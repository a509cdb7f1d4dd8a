import { startAmi } from '../../../src/lab/asterisk/server.ts'
import type { EmulatorWorld } from '../../../src/lab/emulator.ts'
import { type ContactCentre, startContactCentre } from '../../../src/lab/webhooks/server.ts'
import { startHubBesideLab } from './lab-hub.ts'
import { upnOf } from './lab-people.ts'

/** Microsoft 365, an Asterisk PBX and a contact centre with webhooks, with the hub that `lab --with webhook` configures. */
export async function startWebhookHub(preset = 'default') {
  const made: { centre?: ContactCentre } = {}
  const world = await startHubBesideLab({
    name: 'webhook',
    emulators: {
      ami: (lab: EmulatorWorld) => startAmi({ ...lab, badLoginDelayMs: 20 }),
      webhook: async (lab: EmulatorWorld) => {
        made.centre = await startContactCentre(lab)
        return made.centre
      },
    },
    change: ({ tenants: [tenant] }) => {
      for (const link of tenant!.links) {
        if ([link.from, link.to].toSorted().join() === 'crm,teams') link.preset = preset
      }
    },
  })
  const centre = made.centre!
  return {
    ...{ ...world, centre, faults: world.lab.faults },
    /** What the contact centre was told to show. */
    told: (name: string) => centre.agents.told(upnOf(name))?.state,
    pick: (name: string, state: string) => centre.agents.pick(upnOf(name), state),
  }
}

export type WebhookHub = Awaited<ReturnType<typeof startWebhookHub>>
