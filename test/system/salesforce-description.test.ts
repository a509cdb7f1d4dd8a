import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ownProto, wireOf } from './salesforce-wire.ts'

const published = join(
  process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../../../shared/contracts'),
  'salesforce/pubsub_api.proto',
)

test.each(['lab', 'connectors'] as const)(
  "the Pub/Sub API of %s has, on the wire, the messages and methods of the vendor's published file",
  (room) => {
    const [ours, theirs] = [wireOf(ownProto(room)), wireOf(published)]
    for (const [name, fields] of ours.messages) expect(fields, name).toEqual(theirs.messages.get(name))
    for (const [name, method] of ours.methods) expect(method, name).toBe(theirs.methods.get(name))
  },
)
