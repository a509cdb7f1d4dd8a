import { afterEach } from 'vitest'
import type { DialogFacet } from '../../src/core/observation.ts'
import type { RecordingContext } from '../contract/context.ts'

/** What was started for a test is closed after it, the latest first. */
export function closeAfterEach(): (close: () => unknown) => void {
  const closers: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  return (close) => void closers.push(close)
}

const inWords = ({ state, direction, party }: DialogFacet) => `${state} ${direction} ${party}`

/** Feature codes are told apart. */
export const withCodes = (leg: DialogFacet): string => `${inWords(leg)}${leg.featureCode ? ' code' : ''}`

/** How a test follows what a connector says, in real time. */
export function follow(
  recording: Pick<RecordingContext, 'feeds' | 'said'>,
  { words = inWords, patienceMs = 60_000 }: { words?(leg: DialogFacet): string; patienceMs?: number } = {},
) {
  return {
    /** Waits for what the connector says of the wire. */
    async until(condition: () => unknown, what: string): Promise<void> {
      const deadline = performance.now() + patienceMs
      while (!(await condition())) {
        if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}\n${recording.said()}`)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    },
    /** Live legs of an extension, such as `confirmed inbound external`. */
    legs: (extension: string) => recording.feeds.dialogs(extension).map(words).join(' + '),
  }
}
