import { expect } from 'vitest'
import type { Publication, WriteSlot } from '../../src/core/connector.ts'
import { isDoNotDisturb, type Presence, presenceName, samePresence } from '../../src/core/presence.ts'
import { stateOf } from './faults.ts'
import type { Tried } from './publishing.ts'
import { absence, expectClean, type Given, type Run, settle, type WrittenSlot } from './world.ts'

const dayMs = 24 * 60 * 60_000

/** A look that took longer than this was held up by the machine, which is not the connector's fault; milliseconds. */
const longestLookMs = 25

/** The system with one connector in front of it that has just written. */
async function openWrite({ run, definition }: Tried, written: WrittenSlot) {
  const { address, config } = run.world
  const { slot, state } = written
  const declared = definition.writes(config).find((each) => each.slot === slot)!
  const instance = await run.started()
  const publish = (act: Publication['act'], about: Partial<Publication> = {}) => {
    const life = declared.expiry.kind === 'native' ? { lifeMs: declared.expiry.lifeMs } : {}
    const to = { address, slot, act, state: act === 'assert' ? state : declared.neutral }
    return settle(instance.publish!({ id: `of-${act}`, refresh: false, ...to, ...life, ...about }), run.pass)
  }
  const showsSoon = (wanted: Presence, what: string) =>
    run.until(async () => samePresence(await written.shown(address), wanted), what)
  return { instance, declared, publish, showsSoon, before: await written.shown(address) }
}

/** `sharedSlot`: whoever was there last. Otherwise ours stands beside what the person does, and leaves that behind. */
export async function expectContribution(at: Tried, written: WrittenSlot): Promise<string | undefined> {
  const reason = absence(written.person)
  if (reason !== undefined) return reason
  const { act, shows } = written.person as Given<typeof written.person>
  const { declared, publish, showsSoon } = await openWrite(at, written)
  expect((await publish('assert')).kind).toBe('applied')
  await act()
  if (declared.contribution === 'sharedSlot') {
    expect(presenceName(shows)).not.toBe(presenceName(written.state))
    await showsSoon(shows, `${presenceName(shows)} in the place of what was written`)
  } else {
    for (let turn = 0; turn < 5; turn += 1) await at.run.pass()
    expect(presenceName(await written.shown(at.run.world.address))).toBe(presenceName(written.state))
    await publish('withdraw')
    await showsSoon(shows, `${presenceName(shows)} behind what was taken back`)
  }
  expectClean(at.run)
  return undefined
}

/** `none`: what the connector tells is as before. Otherwise it tells what was written, at the latest after `settleMs`. */
export async function expectReadBack(at: Tried, written: WrittenSlot): Promise<undefined> {
  const { run } = at
  const { address } = run.world
  const { instance, declared, publish } = await openWrite(at, written)
  const before = stateOf(run, address)
  const heard = run.recording.feeds.events.length
  expect((await publish('assert')).kind).toBe('applied')
  instance.resync([address])
  if (declared.readBack === 'none') {
    await run.until(() => isToldOf(run, heard), 'it to be read once more after the write')
    expect(stateOf(run, address)).toBe(before)
  } else {
    let waited = 0
    while (!tells(run, declared, written.state)) {
      const since = performance.now()
      await run.pass()
      waited += Math.min(performance.now() - since, longestLookMs)
      expect(waited, `milliseconds until the connector told what it had written`).toBeLessThanOrEqual(
        declared.settleMs,
      )
    }
  }
  expectClean(run)
}

/** Of what is told from the event with this number on, something is about the address. */
export function isToldOf(run: Run, from: number): boolean {
  const { address } = run.world
  return run.recording.feeds.events.slice(from).some((event) => {
    if (event.type === 'observed') return event.observation.address === address
    return event.type === 'snapshot' && (event.addresses ?? [address]).includes(address)
  })
}

function tells(run: Run, { readBack }: WriteSlot, state: Presence): boolean {
  return run.recording.feeds.observations(run.world.address).some(({ facet }) => {
    if (facet.kind === 'presence') return readBack === 'aggregate' && samePresence(facet.state, state)
    if (readBack !== 'own' || !isDoNotDisturb(state)) return false
    return (facet.kind === 'dnd' && facet.on) || (facet.kind === 'queue' && facet.paused)
  })
}

/** The end comes by itself, with nobody there to refresh or withdraw, or never. Stopping takes nothing back. */
export async function expectExpiry(at: Tried, written: WrittenSlot): Promise<string | undefined> {
  const reason = absence(written.expiry)
  if (reason !== undefined) return reason
  const { instance, declared, publish, showsSoon, before } = await openWrite(at, written)
  const shows = async () => presenceName(await written.shown(at.run.world.address))
  const expiry = written.expiry as Given<typeof written.expiry>
  if ('lifeMs' in expiry) {
    expect(declared.expiry.kind).toBe('native')
    expect((await publish('assert', { lifeMs: expiry.lifeMs })).kind).toBe('applied')
    await showsSoon(before, 'what was there before, after the life of the write')
    return undefined
  }
  expect((await publish('assert')).kind).toBe('applied')
  await settle(instance.stop(), at.run.pass)
  expect(await shows(), 'after the connector has stopped').toBe(presenceName(written.state))
  const lifeMs = declared.expiry.kind === 'native' ? declared.expiry.lifeMs : dayMs
  await expiry.later(lifeMs * 0.9)
  expect(await shows(), `after 90 % of ${lifeMs} ms`).toBe(presenceName(written.state))
  await expiry.later(lifeMs * 0.2)
  if (declared.expiry.kind === 'native') await showsSoon(before, `what was there before, after ${lifeMs} ms`)
  else expect(await shows(), 'after more than a day').toBe(presenceName(written.state))
  expectClean(at.run)
  return undefined
}
