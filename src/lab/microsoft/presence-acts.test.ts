import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LabClock } from '../clock.ts'
import { defaultSwitches } from '../switches.ts'
import { GraphRefusal } from './graph-error.ts'
import { readFilter } from './odata.ts'
import { presenceActs } from './presence-acts.ts'
import { readMany } from './presence-reads.ts'
import { Tenant } from './tenant.ts'

function start() {
  const clock = new LabClock({ running: false, wallStart: Date.UTC(2026, 0, 5) })
  const switches = structuredClone(defaultSwitches)
  const tenant = new Tenant('t', clock, switches)
  const person = tenant.put({ userPrincipalName: 'anna@contoso.example' })
  return { clock, switches, tenant, person }
}

/** True when it ends well or in a refusal that Graph would give. */
function survives(act: () => unknown): boolean {
  try {
    act()
    return true
  } catch (error) {
    return error instanceof GraphRefusal && error.status >= 400 && error.status < 500
  }
}

const words = fc.oneof(
  fc.constantFrom('Busy', 'InACall', 'PT5M', 'app', 'UTC', 'text', { toString: 1 }),
  fc.jsonValue(),
)
const bodies = fc.dictionary(
  fc.constantFrom('sessionId', 'availability', 'activity', 'expirationDuration', 'statusMessage', 'x'),
  fc.oneof(
    words,
    fc.record({ message: fc.record({ content: words, contentType: words }), expiryDateTime: words }),
  ),
)

test('no body, however strange, breaks an action or the reads after it', () => {
  const { clock, switches, tenant, person } = start()
  const acts = Object.values(presenceActs)
  fc.assert(
    fc.property(fc.constantFrom(...acts), bodies, (act, body) => {
      const given = { tenant, person, clientId: 'app', body, wall: clock.wall() }
      expect(survives(() => act(given))).toBe(true)
      clock.advance(1000)
      const read = readMany({ tenant, switches, clock, staleMs: 0 }, [person.user.id])
      expect(read).toHaveLength(1)
    }),
    { numRuns: 2000 },
  )
})

test('no list of ids and no filter, however strange, breaks a read', () => {
  const { clock, switches, tenant } = start()
  fc.assert(
    fc.property(fc.oneof(fc.array(words), fc.jsonValue()), fc.string(), (ids, filter) => {
      expect(survives(() => readMany({ tenant, switches, clock, staleMs: 0 }, ids))).toBe(true)
      expect(survives(() => readFilter(filter))).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
