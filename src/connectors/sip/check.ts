import type { ConnectorContext, Finding } from '../../core/connector.ts'
import { checkAccount } from '../kit/sip/check.ts'
import type { Settings } from './config.ts'
import { lampPackages } from './packages.ts'
import { checkPublishing } from './publish-check.ts'

/** Watches one extension for a moment in each package, and asks whether states may be published. */
export function checkConnection(
  settings: Settings,
  { clock }: ConnectorContext,
): Promise<readonly Finding[]> {
  const { probe, events } = settings
  const plan = { internalDigits: settings.internalDigits, isExtension: () => false }
  const lamps = lampPackages({ plan, lamp: () => false, strange: () => {} })
  return checkAccount({
    ...{ account: settings, clock, probe },
    packages: events.map((event) => lamps[event]),
    further: async (agent) => (settings.publish ? [await checkPublishing(settings, agent)] : []),
  })
}
