import { registry } from '../../../src/apps/registry.ts'
import { salvageConfig } from '../../../src/config/salvage.ts'
import type { EmulatorWorld } from '../../../src/lab/emulator.ts'
import { type NetSapiens, startNetSapiens } from '../../../src/lab/netsapiens/server.ts'
import type { LoggedRequest } from '../../../src/lab/request-log.ts'
import { bySip } from '../netsapiens-world.ts'
import { loadText } from './config.ts'
import { type LabConfig, startHubBesideLab } from './lab-hub.ts'

/**
 * Microsoft 365 and a NetSapiens platform, and the hub that the demo configures for them, on one clock that the test moves.
 * `bySip`: do not disturb by as-feature-event. `withoutPreset`: the usual rules both ways.
 */
export async function startNetSapiensHub(
  settings: Readonly<Record<string, unknown>> = {},
  options: { readonly bySip?: boolean; readonly withoutPreset?: boolean } = {},
) {
  const made: { platform?: NetSapiens } = {}
  const change = ({ tenants: [tenant] }: LabConfig) => {
    for (const one of tenant!.connectors) {
      if (one.type !== 'netsapiens') continue
      Object.assign(one, made.platform?.sip && bySip(made.platform.sip.address), settings)
    }
    if (options.withoutPreset) for (const link of tenant!.links) delete link.preset
  }
  const world = await startHubBesideLab({
    name: 'netsapiens',
    // A Monday: its time frames are of working days.
    wallStart: Date.UTC(2026, 10, 23, 9),
    emulators: {
      netsapiens: async (lab: EmulatorWorld) => {
        made.platform = await startNetSapiens({ ...lab, ...(options.bySip && { sip: {} }) })
        return made.platform
      },
    },
    change,
  })
  const platform = made.platform!
  return {
    ...{ ...world, platform },
    config: () => loadText(world.text()),
    salvage: () => salvageConfig(world.text(), { file: 'hookswitch.yaml', types: registry, env: {} }),
    /** Do not disturb in the answer rules of a user, by time frame. */
    rules: (extension: string) =>
      Object.fromEntries(
        platform.rules.list(extension).map(({ frame }) => [frame, platform.rules.isOn(extension, frame)]),
      ),
    /** Writes of answer rules that reached the platform. */
    writes: (): readonly LoggedRequest[] =>
      world.lab.requests
        .since(0)
        .filter(({ method, path }) => method === 'PUT' && path.includes('/answerrules/')),
  }
}

export type NetSapiensHub = Awaited<ReturnType<typeof startNetSapiensHub>>
