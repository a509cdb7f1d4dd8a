import type { Finding } from '../../../core/connector.ts'
import type { Clock } from '../../../core/ports.ts'
import type { EventPackage } from './event-package.ts'
import { describeAnswer, fixOfRefusal } from './feature-answer.ts'
import type { FeatureBook } from './feature-book.ts'
import { featureEvent, featureType, writeSetDoNotDisturb } from './feature-event.ts'
import type { Subscription } from './subscription.ts'

const tellMs = 4000

/** Asks for the do not disturb that is there already, which changes nothing: only so a server shows whether it may be set. */
export async function tryFeature(
  subscription: Subscription,
  probe: string,
  about: { readonly book: FeatureBook; readonly clock: Clock; readonly package: EventPackage },
): Promise<Finding> {
  const { book, clock } = about
  await book.until(probe, (told) => told !== undefined, { clock, ms: tellMs })
  const on = book.of(probe)
  if (on === undefined) {
    return {
      level: 'warning',
      text: `The server does not tell do not disturb of extension ${probe} (${featureEvent}).`,
      fix: `Switch feature key synchronization on for the extension, or set probe to one that has it.`,
    }
  }
  const response = await subscription.change({ type: featureType, text: writeSetDoNotDisturb(on) })
  if (response && response.status < 300) {
    return {
      level: 'ok',
      text: `Do not disturb of extension ${probe} can be read and set (${featureEvent}).`,
    }
  }
  const why = response ? describeAnswer(response) : 'the server ended the subscription'
  return {
    level: 'error',
    text: `Do not disturb of extension ${probe} can be read, but not set (${featureEvent}): ${why}.`,
    fix: fixOfRefusal(response?.status ?? 0, about.package.otherwise),
  }
}
