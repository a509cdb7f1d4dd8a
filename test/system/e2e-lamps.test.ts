import { afterEach, expect, test } from 'vitest'
import { DND } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'
import { inMs } from './scenarios/waits.ts'
import { until } from './support/child.ts'
import { startWatcher, type Watcher } from './support/watcher.ts'

let world: World
let watcher: Watcher | undefined
afterEach(async () => {
  await watcher?.instance.stop()
  watcher = undefined
  await world.stop()
})

test('VO-05: the lamp of an extension on a desk phone is lit by a NOTIFY for a call and for a choice in Teams, and the board shows both', async () => {
  // FreePBX hangs do not disturb on the lamp of the extension.
  world = await startWorld({ sipStyle: 'asterisk', patient: true })
  await world.ready()
  // What a colleague's desk phone subscribes to; the hub itself watches no lamp here.
  const { address, domain, port } = world.sip
  watcher = await startWatcher({ port, domain: 'pbx.test' }, ['1001'], {
    ...{ server: address, domain, transport: 'tcp', username: 'hookswitch', password: 'lab-password' },
  })
  const { feeds } = watcher.recording
  const lit = () => feeds.dialogs('1001').some(({ state }) => state === 'confirmed')
  const dark = () => !lit()
  const board = () => world.target('anna', 'pbx', 'dnd')?.status
  const anna = world.person('anna')
  expect(lit()).toBe(false)

  const about = { name: 'anna', ms: inMs(world) }
  await world.timed(() => anna.status(DND), lit, { ...about, what: 'the lamp to be lit by do not disturb' })
  await until(() => board() === 'applied', 'the board to show it')
  await world.timed(() => anna.status(null), dark, { ...about, what: 'the lamp to go out' })
  await until(() => board() === 'idle', 'the board to show the end')

  const phone = world.phone('1001')
  await world.timed(() => phone.dial('+4930123'), lit, { ...about, what: 'the lamp to be lit by a call' })
  await until(() => world.view('anna').state?.activity === 'inACall', 'the board to show the call')
  await world.timed(() => phone.hangup(), dark, { ...about, what: 'the lamp to go out after the call' })
  expect(feeds.violations).toEqual([])
})
