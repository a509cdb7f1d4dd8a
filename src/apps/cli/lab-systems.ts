import type { StartEmulator } from '../../lab/emulator.ts'
import type { NewPerson } from '../../lab/people.ts'

/** An emulated system that lab and demo can run beside Microsoft 365. */
export interface LabSystem {
  readonly kind: 'pbx' | 'crm'
  /** Loads the emulator only when it is asked for: `async (world) => (await import('...')).start(world)`. */
  readonly start: StartEmulator
  /** The connector's settings (with `type`, without `id`) for the emulator at this address. */
  connector(address: string): Readonly<Record<string, unknown>>
  /** Preset of the links with Teams; the default one when left out. */
  readonly preset?: string
  /** The person's addresses there; their extensions unless given. */
  addresses?(person: NewPerson): readonly string[]
}

/** By the name after `--with`. A new one is one line here. */
export const labSystems: Readonly<Record<string, LabSystem>> = {
  '3cx': {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/three-cx/server.ts')).startThreeCx(world),
    connector: (url) => ({ type: '3cx', url, clientId: 'hookswitch', clientSecret: 'lab-secret' }),
    preset: '3cx',
  },
  vodia: {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/vodia/server.ts')).startVodia(world),
    connector: (url) => ({
      ...{ type: 'vodia', url, domain: 'lab.example', password: 'lab-password' },
      streamExtension: '1001',
    }),
    preset: 'vodia',
  },
  netsapiens: {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/netsapiens/server.ts')).startNetSapiens(world),
    connector: (url) => ({ type: 'netsapiens', url, domain: 'lab.example', apiKey: 'nsd_lab-key' }),
    preset: 'netsapiens',
  },
}
