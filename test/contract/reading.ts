import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { presenceName } from '../../src/core/presence.ts'
import { type ConnectorWorld, expectClean, type Given, type Run, settle } from './world.ts'

export function expectConfiguration(definition: AnyConnectorDefinition, world: ConnectorWorld): void {
  const { manifest, configSchema } = definition
  expect(manifest.id).toMatch(/^[a-z0-9][a-z0-9-]*$/)
  expect(manifest.title).not.toBe('')
  expect(manifest.docs).not.toBe('')
  expect(manifest.facets.length).toBeGreaterThan(0)
  const properties = configSchema.properties as Record<string, { title?: string; description?: string }>
  for (const [key, each] of Object.entries(properties)) {
    expect(each.title, `title of ${key}`).toBeTruthy()
    expect(each.description, `description of ${key}`).toBeTruthy()
  }
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(configSchema)
  expect(validate(world.config), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...world.config, nonsense: 1 })).toBe(false)
  const marked = Object.entries(properties).filter(([, each]) => 'secret' in each && each.secret)
  for (const [key, value] of Object.entries(world.config)) {
    if (world.secrets.includes(String(value))) expect(marked.map(([name]) => name)).toContain(key)
  }
  for (const slot of definition.writes(world.config)) {
    expect(slot.states.map(presenceName)).not.toContain(presenceName(slot.neutral))
    expect(slot.settleMs).toBeGreaterThanOrEqual(0)
  }
}

export async function expectStart(run: Run): Promise<void> {
  await run.started()
  const types = run.recording.feeds.events.map((event) => event.type)
  expect(types).toContain('opened')
  expect(types).toContain('snapshot')
  expect(run.recording.health()?.state).toBe('up')
  expectClean(run)
}

export async function expectStop(run: Run): Promise<void> {
  const instance = await run.started()
  const before = performance.now()
  await Promise.all([settle(instance.stop(), run.pass), settle(instance.stop(), run.pass)])
  await instance.stop()
  expect(performance.now() - before).toBeLessThan(20_000)
  expect(run.recording.pendingTimers()).toBe(0)
  const { connections } = run.world
  if (typeof connections === 'function') {
    await run.until(() => connections() === 0, 'every connection to be closed after stop')
  }
  const events = run.recording.feeds.events.length
  for (let turn = 0; turn < 5; turn += 1) await run.pass()
  expect(run.recording.feeds.events.length, 'events after stop').toBe(events)
  const unstarted = run.create()
  await unstarted.stop()
  expectClean(run)
}

export async function expectFollow(run: Run): Promise<void> {
  const { world, recording } = run
  const { events } = recording.feeds
  const instance = await run.started([world.address])
  expect(recording.feeds.observations(world.other)).toEqual([])
  instance.follow([world.address, world.other])
  await run.until(
    () => recording.feeds.observations(world.other).length > 0,
    'the second address to be heard',
  )
  const seen = events.length
  const again = () =>
    events.slice(seen).some((event) => event.type === 'snapshot' || event.type === 'observed')
  instance.resync([world.address])
  await run.until(again, 'a resync to emit what was read')
  instance.follow([world.address])
  await run.until(
    () => recording.feeds.observations(world.other).length === 0,
    'the second address to be let go',
  )
  expect(recording.feeds.observations(world.address).length).toBeGreaterThan(0)
  expectClean(run)
}

export async function expectUnknown(run: Run): Promise<void> {
  const { world, recording } = run
  const instance = await run.started([world.address, world.unknown])
  expect(recording.feeds.observations(world.address).length).toBeGreaterThan(0)
  instance.resync([world.unknown])
  for (let turn = 0; turn < 5; turn += 1) await run.pass()
  const states = recording.feeds.presence(world.unknown)
  expect(states?.availability ?? 'unknown').not.toBe('available')
  expectClean(run)
}

/** By the mail addresses in it people are matched; nobody may be in it twice, nor without being asked for. */
export async function expectDirectory(run: Run): Promise<void> {
  const { world } = run
  const instance = await run.started()
  const entries = await settle(instance.directory!(), run.pass)
  const of = (address: string) => entries.filter((entry) => entry.address === address)
  for (const address of [world.address, world.other]) {
    expect(
      of(address).map(({ mails }) => mails.length > 0 && mails.every((mail) => mail.includes('@'))),
    ).toEqual([true])
  }
  expect(of(world.unknown)).toEqual([])
  expectClean(run)
}

export async function expectCalls(run: Run, calls: Given<ConnectorWorld['calls']>): Promise<void> {
  const { world, recording } = run
  await run.started()
  const states = () =>
    recording.feeds
      .dialogs(world.address)
      .map((each) => each.state)
      .join()
  expect(states()).toBe('')
  const steps = [
    ['ring', 'early'],
    ['answer', 'confirmed'],
    ['hold', 'held'],
    ['resume', 'confirmed'],
    ['hangup', ''],
  ] as const
  for (const [act, state] of steps) {
    const does = calls[act]
    // A system that cannot tell a held call from another one says why in its harness.
    if (typeof does !== 'function') continue
    await does()
    await run.until(() => states() === state, `one leg "${state}" after ${act}; now "${states()}"`)
  }
  expectClean(run)
}

export async function expectDnd(run: Run, dnd: Given<ConnectorWorld['dnd']>): Promise<void> {
  const { world, recording } = run
  await run.started()
  for (const on of [true, false]) {
    await dnd(on)
    await run.until(() => recording.feeds.dnd(world.address) === on, `do not disturb to be ${on}`)
  }
  expect(recording.feeds.dnd(world.other)).not.toBe(true)
  expectClean(run)
}

export async function expectPresence(run: Run, capability: Given<ConnectorWorld['presence']>): Promise<void> {
  const { world, recording } = run
  await run.started()
  for (const state of capability.states) {
    await capability.show(state)
    await run.until(() => recording.feeds.presence(world.address) === state, presenceName(state))
  }
  expectClean(run)
}
