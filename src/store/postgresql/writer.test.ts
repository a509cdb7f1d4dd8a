import { expect, test } from 'vitest'
import { createMetrics } from '../../observe/metrics.ts'
import type { Link } from './link.ts'
import { Writer } from './writer.ts'

/** A server that answers everything until it is lost. */
function startLink() {
  const lost = Promise.withResolvers<unknown>()
  const run = async () => 0
  const writer = { rows: async () => [], run, lost: lost.promise, close: async () => {}, processId: 1 }
  const link: Link = {
    ...{ writer, migrated: [], walWriterDelayMs: 200, lost: lost.promise },
    close: async () => {},
  }
  return { link, lose: () => lost.resolve(new Error('Connection terminated')) }
}

test('a server that is away is told by a gauge until it is back', async () => {
  const metrics = createMetrics({ processMetrics: false })
  const first = startLink()
  const told: boolean[] = []
  const back = Promise.withResolvers<void>()
  const attempts = [
    () => Promise.reject(new Error('Connection terminated')),
    () => back.promise.then(() => startLink().link),
  ]
  const writer = new Writer({
    ...{ link: first.link, where: 'PostgreSQL at db', metrics },
    relink: () => attempts.shift()!(),
    away: (reason) => told.push(reason !== undefined),
  })
  expect(await metrics.render()).toContain('hookswitch_store_away 0')

  first.lose()
  await expect.poll(() => told).toEqual([true])
  expect(await metrics.render()).toContain('hookswitch_store_away 1')

  back.resolve()
  await expect.poll(() => told).toEqual([true, false])
  expect(await metrics.render()).toContain('hookswitch_store_away 0')
  await writer.close()
})
