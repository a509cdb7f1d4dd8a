import { afterEach, describe, expect, test } from 'vitest'
import { expectOwnEcho } from './echo.ts'
import {
  expectBadCredentials,
  expectMalformed,
  expectReconnect,
  expectRepeat,
  expectThrottle,
} from './faults.ts'
import { expectPublish, expectRefusals, expectSlots, type Tried } from './publishing.ts'
import {
  expectCalls,
  expectConfiguration,
  expectDirectory,
  expectDnd,
  expectFollow,
  expectPresence,
  expectStart,
  expectStop,
  expectUnknown,
} from './reading.ts'
import {
  absence,
  type ConnectorHarness,
  type ConnectorWorld,
  type Given,
  openRuns,
  type Run,
  type WrittenSlot,
} from './world.ts'
import { expectContribution, expectExpiry, expectReadBack } from './write-properties.ts'

/** What is tried with each slot; a text is the reason why it cannot be tried there. */
const writeTests: readonly (readonly [
  title: string,
  body: (at: Tried, written: WrittenSlot) => Promise<unknown>,
])[] = [
  ['publish is idempotent, and withdrawn', expectPublish],
  ['publish never throws: unknown address, unknown slot, no connection', expectRefusals],
  ['a write stands beside what people do, or gives way to it, as declared', expectContribution],
  ['a write is read back as declared, and no later', expectReadBack],
  ['a write ends by itself, or stays, as declared', expectExpiry],
  ['the hub takes no write of its own for the choice of a person', expectOwnEcho],
]

/** The contract suite of every connector (architecture, section 5), run against its emulator. */
export function connectorContract(name: string, harness: ConnectorHarness): void {
  const runs = openRuns(harness)
  /** A test of one capability: where it is declared absent, the test states the reason and passes. */
  const withCapability = <Key extends keyof ConnectorWorld>(
    key: Key,
    title: string,
    body: (
      run: Run,
      capability: Given<ConnectorWorld[Key]>,
      tell: (text: string) => Promise<unknown>,
    ) => Promise<void>,
  ) =>
    test(title, async ({ annotate }) => {
      const run = await runs.open()
      const reason = absence(run.world[key])
      if (reason !== undefined) await annotate(`${name} has no ${key}: ${reason}`)
      else await body(run, run.world[key] as Given<ConnectorWorld[Key]>, annotate)
    })
  describe(`connector contract: ${name}`, () => {
    afterEach(runs.close)
    test('its manifest and schema are complete, and an unknown key is refused', async () => {
      expectConfiguration(harness.definition, (await runs.open()).world)
    })
    test('create does no I/O', async () => {
      const run = await runs.open()
      run.create()
      for (let turn = 0; turn < 5; turn += 1) await run.pass()
      expect(run.world.requests()).toBe(0)
    })
    test('start emits a snapshot and health', async () => expectStart(await runs.open()))
    test('stop is idempotent and leaves nothing open', async () => expectStop(await runs.open()))
    test('check finds nothing wrong with a right configuration', async () => {
      const { world, recording } = await runs.open()
      const findings = await harness.definition.check(world.config, recording.context)
      expect(findings.filter((each) => each.level === 'error')).toEqual([])
      expect(findings.length).toBeGreaterThan(0)
    })
    test('follow and resync cover exactly the addresses asked', async () => expectFollow(await runs.open()))
    test('an unknown address breaks nothing', async () => expectUnknown(await runs.open()))
    test('its directory lists extensions or agents with their mail addresses', async ({ annotate }) => {
      const run = await runs.open()
      const reason = absence(run.world.directory)
      if (reason !== undefined) await annotate(`${name} has no directory: ${reason}`)
      else await expectDirectory(run)
    })
    withCapability('calls', 'ringing, talking, held, talking, ended', expectCalls)
    withCapability('dnd', 'do not disturb on and off', expectDnd)
    withCapability('presence', 'native presence is passed on', expectPresence)
    withCapability('repeat', 'what is said twice changes nothing', expectRepeat)
    withCapability('malformed', 'a malformed document is counted once and changes nothing', expectMalformed)
    withCapability('connection', 'a lost connection is lost, not ended, and resyncs', expectReconnect)
    withCapability('badCredentials', 'wrong credentials ask for a sign-in, without a storm', (run, bad) =>
      expectBadCredentials({ run, definition: harness.definition, ...bad }),
    )
    withCapability('throttle', 'a system that says wait is left alone', expectThrottle)
    test('every slot that it declares is written here', async () => {
      expectSlots({ run: await runs.open(), definition: harness.definition })
    })
    for (const [title, body] of writeTests) {
      withCapability('written', title, async (first, slots, tell) => {
        const { definition } = harness
        for (const [index, { slot }] of slots.entries()) {
          // Each slot meets a system that nothing was written to yet.
          const run = index === 0 ? first : await runs.open()
          const same = (run.world.written as typeof slots).find((each) => each.slot === slot)!
          const reason = await body({ run, definition }, same)
          if (typeof reason === 'string') await tell(`${name}, ${slot}: ${reason}`)
        }
      })
    }
  })
}
