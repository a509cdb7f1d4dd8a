import { expect } from 'vitest'
import { type AnyConnectorDefinition, ConnectorFailure } from '../../src/core/connector.ts'
import { absence, type ConnectorWorld, expectClean, type Given, type Run, settle } from './world.ts'

/** Something native that can be changed twice, whichever the system has. */
function nativeChange(run: Run): { change(to: 0 | 1): Promise<void>; seen(to: 0 | 1): boolean } {
  const { dnd, presence, calls, queue, address } = run.world
  const { feeds } = run.recording
  if (absence(dnd) === undefined) {
    const set = dnd as Given<typeof dnd>
    return { change: async (to) => set(to === 1), seen: (to) => feeds.dnd(address) === (to === 1) }
  }
  if (absence(presence) === undefined) {
    const { states, show } = presence as Given<typeof presence>
    return { change: async (to) => show(states[to]), seen: (to) => feeds.presence(address) === states[to] }
  }
  if (queue) {
    const paused = () =>
      feeds.observations(address).some(({ facet }) => facet.kind === 'queue' && facet.paused)
    return { change: async (to) => queue(to === 1), seen: (to) => paused() === (to === 1) }
  }
  const acts = calls as Given<typeof calls>
  return {
    change: async (to) => (to === 1 ? acts.ring() : acts.hangup()),
    seen: (to) => feeds.dialogs(address).length === to,
  }
}

export const stateOf = (run: Run, address: string) =>
  JSON.stringify(
    run.recording.feeds
      .observations(address)
      .map(({ facet }) => facet)
      .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  )

export async function expectRepeat(run: Run, repeat: Given<ConnectorWorld['repeat']>): Promise<void> {
  const { world } = run
  const native = nativeChange(run)
  await run.started()
  await native.change(1)
  await run.until(() => native.seen(1), 'the change to be seen')
  const before = stateOf(run, world.address)
  await repeat()
  await native.change(0)
  await run.until(() => native.seen(0), 'the next change to be seen')
  await native.change(1)
  await run.until(() => native.seen(1) && stateOf(run, world.address) === before, 'the same state again')
  expectClean(run)
}

export async function expectMalformed(
  run: Run,
  malformed: Given<ConnectorWorld['malformed']>,
): Promise<void> {
  const { world, recording } = run
  const native = nativeChange(run)
  await run.started()
  const before = stateOf(run, world.address)
  await malformed.inject()
  await run.until(() => recording.counted(malformed.metric) > 0, `${malformed.metric} to be counted`)
  expect(stateOf(run, world.address)).toBe(before)
  await native.change(1)
  await run.until(() => native.seen(1), 'the next good document to work')
  expect(recording.counted(malformed.metric)).toBe(1)
  expect(recording.health()?.state).toBe('up')
  expectClean(run)
}

export async function expectReconnect(
  run: Run,
  connection: Given<ConnectorWorld['connection']>,
): Promise<void> {
  const { world, recording } = run
  const native = nativeChange(run)
  await run.started()
  await native.change(1)
  await run.until(() => native.seen(1), 'the change before the cut')
  await connection.cut()
  await run.until(() => recording.health()?.state !== 'up', 'health to fall after the cut')
  await run.until(
    () => [...recording.feeds.feeds.values()].every((feed) => feed.lost),
    'every feed to be lost',
  )
  expect(native.seen(1), 'lost is not ended: what was said stays').toBe(true)
  expect(recording.feeds.presence(world.address)?.availability).not.toBe('available')
  await native.change(0)
  await connection.restore()
  await run.until(() => native.seen(0), 'the change made during the cut, after the restore')
  await run.until(() => recording.health()?.state === 'up', 'health to come back')
  expectClean(run)
}

export async function expectBadCredentials(at: {
  run: Run
  definition: AnyConnectorDefinition
  config: Readonly<Record<string, unknown>>
  attempts(): number
}): Promise<void> {
  const { run, definition, config } = at
  const instance = run.create(config)
  const failure = await settle(
    instance.start([run.world.address]).then(
      () => undefined,
      (error: unknown) => error,
    ),
    run.pass,
  )
  expect(failure).toBeInstanceOf(ConnectorFailure)
  expect(failure).toMatchObject({ kind: 'auth-failed' })
  const { message, fix } = failure as ConnectorFailure
  expect(fix).toBeTruthy()
  for (const secret of run.world.secrets) expect(`${message} ${fix}`).not.toContain(secret)
  const attempts = at.attempts()
  for (let turn = 0; turn < 60; turn += 1) await run.pass()
  expect(attempts).toBeLessThanOrEqual(2)
  expect(at.attempts()).toBe(attempts)
  const findings = await settle(definition.check(config, run.recording.context), run.pass)
  const errors = findings.filter((each) => each.level === 'error')
  expect(errors.length).toBeGreaterThan(0)
  for (const each of errors) expect(each.fix, each.text).toBeTruthy()
  for (const secret of run.world.secrets) expect(JSON.stringify(findings)).not.toContain(secret)
  expectClean(run)
}

export async function expectThrottle(run: Run, throttle: Given<ConnectorWorld['throttle']>): Promise<void> {
  const { world, recording } = run
  const native = nativeChange(run)
  const instance = await run.started()
  const waitMs = 2000
  const clock = recording.context.clock
  await throttle.begin(waitMs)
  const before = world.requests()
  instance.resync([world.address])
  await run.until(() => world.requests() > before, 'one request to meet the throttle')
  const told = world.requests()
  const until = clock.monotonic() + waitMs * 0.8
  // Looked at before the time: after a pause of the machine the wait may be over as well.
  let sent = told
  const isOver = () => {
    const requests = world.requests()
    if (clock.monotonic() >= until) return true
    sent = requests
    return false
  }
  await run.until(isOver, 'most of the wait to pass')
  expect(sent - told, 'requests sent before the wait was over').toBeLessThanOrEqual(2)
  await throttle.end()
  await native.change(1)
  await run.until(() => native.seen(1), 'reading to go on after the wait')
  expectClean(run)
}
