import { expect } from 'vitest'
import type { ConnectorInstance } from '../../src/core/connector.ts'
import type { FeedEvent } from '../../src/core/observation.ts'
import { defaultCalls, defaultPolicy, defaultSwitches, type Link } from '../../src/core/policy.ts'
import { AVAILABLE, samePresence } from '../../src/core/presence.ts'
import { Engine } from '../../src/engine/engine.ts'
import { MemoryStore } from '../sim/memory-store.ts'
import type { Tried } from './publishing.ts'
import { ScriptedSystem } from './scripted-system.ts'
import { expectClean, type Run, settle, type WrittenSlot } from './world.ts'
import { isToldOf } from './write-properties.ts'

const tenant = 'contoso'
const person = 'anna'

/** Everything is passed on as it is said, ringing too. */
const link = (from: string, to: string): Link => ({
  ...{ id: `${from} to ${to}`, from, to, graceMs: 0, ...defaultSwitches },
  rows: [
    { when: { availability: 'available' }, act: 'release' },
    ...new ScriptedSystem({ tenant, id: from, address: person, emit() {} }).system.slots[0]!.states.map(
      (state) => ({ when: { ...state }, act: 'set' as const, state }),
    ),
    { when: {}, act: 'release' },
  ],
  calls: { ...defaultCalls, ringing: true },
})

/** The real engine with the connector between somebody who speaks and somebody who is told what the connector says. */
async function openHub({ run, definition }: Tried) {
  const { clock, log, metrics } = run.recording.context
  let ids = 0
  const engine = new Engine({
    ...{ clock, log, metrics, store: new MemoryStore(), random: () => 0.5 },
    nextId: () => `write-${++ids}`,
  })
  const emit = (connector: string) => (event: FeedEvent) => engine.emit(tenant, connector, event)
  const script = (id: string) => new ScriptedSystem({ tenant, id, address: person, emit: emit(id) })
  const [speaker, witness] = [script('speaker'), script('witness')]
  const { address, config } = run.world
  const instance = run.create(config, emit('target'))
  const { manifest } = definition
  const slots = definition.writes(config)
  const answering = readLate(run, instance, emit('target'))
  const target = { tenant, id: 'target', manifest, slots, instance: answering, lines: 'target' }
  for (const system of [target, speaker.system, witness.system]) engine.addSystem(system)
  engine.setPolicy(tenant, {
    ...defaultPolicy,
    links: [link('speaker', 'target'), link('target', 'witness')],
  })
  const at = (connector: string, where: string) => ({
    ...{ connector, address: where, line: `${connector} ${where}`, rank: 0 },
  })
  const addresses = [at('target', address), at('speaker', person), at('witness', person)]
  await engine.load([{ tenant, id: person, upn: person, displayName: person, addresses }])
  await settle(instance.start([address]), run.pass)
  for (const one of [speaker, witness]) one.start()
  const point = () => engine.people.at(tenant, 'target', address)[0]!.point
  await run.until(() => point().feeds.length > 0, 'the hub to have heard the system')
  return { engine, instance, speaker, witness, point }
}

/** A read from before a write, which arrives with the answer to it: unless what was written is told already. */
function readLate(
  run: Run,
  instance: ConnectorInstance,
  emit: (event: FeedEvent) => void,
): ConnectorInstance {
  const { address } = run.world
  const { events } = run.recording.feeds
  const lastRead = () => {
    for (const event of events.toReversed()) {
      if (event.type !== 'observed' && event.type !== 'snapshot') continue
      const said = event.type === 'observed' ? [event.observation] : event.observations
      const observation = said.find(
        (each) => each.address === address && /^(dnd|presence|queue)$/.test(each.facet.kind),
      )
      if (observation) return { type: 'observed', feed: event.feed, observation } as const
    }
    return undefined
  }
  return {
    start: (addresses) => instance.start(addresses),
    stop: () => instance.stop(),
    follow: (addresses) => instance.follow(addresses),
    resync: (addresses) => instance.resync(addresses),
    async publish(publication) {
      const [before, from] = [lastRead(), events.length]
      const outcome = await instance.publish!(publication)
      if (before && !isToldOf(run, from)) emit(before)
      return outcome
    },
  }
}

/**
 * What the hub has written is shown, read and taken back, and nobody is told of it: it is neither passed on as the word
 * of the system, nor taken for a change that a person made there; nor is a read from before it, within the settle time.
 */
export async function expectOwnEcho(at: Tried, written: WrittenSlot): Promise<void> {
  const { run, definition } = at
  const { address, config } = run.world
  const { state, slot } = written
  const { readBack } = definition.writes(config).find((each) => each.slot === slot)!
  const before = await written.shown(address)
  const { engine, instance, speaker, witness, point } = await openHub(at)
  try {
    const ours = () => point().contributions?.find((each) => each.slot === slot)
    const stands = () => ours()?.act === 'assert' && ours()?.ending === undefined
    /** Either it comes about, or somebody has ended what was written. */
    const whileStanding = async (condition: () => unknown, what: string) => {
      await run.until(() => !stands() || condition(), what)
      expect(stands(), `the write still stands, waiting for ${what}`).toBe(true)
    }
    speaker.say(state)
    await run.until(async () => samePresence(await written.shown(address), state), 'the write of the hub')
    await whileStanding(() => ours()?.ackAt !== undefined, 'its acknowledgement')
    const heard = run.recording.feeds.events.length
    instance.resync([address])
    const isRead = () => {
      const { read } = point()
      if (readBack === 'own') return ours()?.confirmedAt !== undefined
      if (readBack === 'aggregate') return read !== undefined && samePresence(read.state, state)
      return run.recording.feeds.events.length > heard
    }
    await whileStanding(isRead, 'the hub to read what it wrote')
    await settle(engine.idle(), run.pass)
    await whileStanding(() => true, 'the end of that turn')
    speaker.say(AVAILABLE)
    await run.until(
      async () => samePresence(await written.shown(address), before),
      'what was there before, after the hub has taken its write back',
    )
    instance.resync([address])
    for (let turn = 0; turn < 10; turn += 1) await run.pass()
    await settle(engine.idle(), run.pass)
    expect(ours()?.ending ?? 'withdrawn').toBe('withdrawn')
    expect(witness.told, 'what others were told of it').toEqual([])
    expectClean(run)
  } finally {
    await engine.stop()
  }
}
