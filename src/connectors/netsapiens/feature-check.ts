import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { checkAccount } from '../kit/sip/check.ts'
import { findingOf } from '../kit/sip/explain.ts'
import { FeatureBook } from '../kit/sip/feature-book.ts'
import { featurePackage } from '../kit/sip/feature-package.ts'
import { tryFeature } from '../kit/sip/feature-trial.ts'
import type { Settings } from './config.ts'
import { withoutFeatures } from './feature-dnd.ts'

/** Signs in by SIP as the hub's device and tries as-feature-event with one user, whose do not disturb stays as it is. */
export async function featureFindings(
  { sip: account, probe = '' }: Settings,
  { clock, network }: Pick<ConnectorContext, 'clock' | 'network'>,
): Promise<readonly Finding[]> {
  if (!account) return []
  if (account instanceof ConnectorFailure) return [findingOf(account)]
  const book = new FeatureBook()
  const feature = featurePackage(book, withoutFeatures)
  return checkAccount({
    ...{ account, clock, network, probe, packages: [feature] },
    trial: async (_, subscription) => [
      await tryFeature(subscription, probe, { book, clock, package: feature }),
    ],
    further: async () => [],
  })
}
