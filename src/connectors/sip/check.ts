import type { ConnectorContext, Finding } from '../../core/connector.ts'
import { checkAccount } from '../kit/sip/check.ts'
import { FeatureBook } from '../kit/sip/feature-book.ts'
import { tryFeature } from '../kit/sip/feature-trial.ts'
import type { Settings } from './config.ts'
import { lampPackages, phoneFeatures } from './packages.ts'
import { checkPublishing } from './publish-check.ts'

/** Watches one extension for a moment in each package, and asks whether states may be published and do not disturb set. */
export function checkConnection(
  settings: Settings,
  { clock, network }: ConnectorContext,
): Promise<readonly Finding[]> {
  const { probe, events } = settings
  const plan = { internalDigits: settings.internalDigits, isExtension: () => false }
  const lamps = lampPackages({ plan, lamp: () => false, strange: () => {} })
  const book = new FeatureBook()
  const feature = phoneFeatures(book)
  const watched = events.map((event) => lamps[event])
  return checkAccount({
    ...{ account: settings, clock, network, probe },
    packages: settings.doNotDisturb ? [...watched, feature] : watched,
    trial: async (one, subscription) =>
      one === feature ? [await tryFeature(subscription, probe, { book, clock, package: feature })] : [],
    further: async (agent) => (settings.publish ? [await checkPublishing(settings, agent)] : []),
  })
}
