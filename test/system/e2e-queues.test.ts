import { afterEach, expect, test } from 'vitest'
import { interfaceOf } from '../../src/lab/asterisk/queues.ts'
import { DND } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

let world: World
afterEach(async () => {
  await world.stop()
})

const settledMs = 17_000

/** Anna takes calls of two queues; do not disturb in Teams pauses her there, and leaves her phone alone. */
async function start(): Promise<void> {
  const people = [{ upn: 'anna@contoso.example', addresses: { pbx: '1001', queues: '1001' } }]
  const links = [
    { from: 'pbx', to: 'teams' },
    { from: 'teams', to: 'queues' },
  ]
  world = await startWorld({ people, links, queues: {}, ring: { queueDoNotDisturb: 'rings' } })
  for (const queue of ['400', '401']) world.ami.pbx.queues.join(queue, '1001')
  await world.passUntil(() => view().native?.label === 'Takes calls', 'Anna to be in the queues', 5_000)
}

const view = () => world.system('anna', 'queues')
const pausedPlaces = () =>
  world.ami.pbx.queues
    .list()
    .map(([, headers]) => Object.fromEntries(headers))
    .filter(({ Paused }) => Paused === 1)

async function channels() {
  const url = `${world.hub().url}/api/v1/people/anna@contoso.example/reachability`
  const { channels: all } = (await (await fetch(url)).json()) as {
    channels: { kind: string; via: string; inbound: string; because: string }[]
  }
  return new Map(all.map(({ kind, via, inbound, because }) => [`${kind} ${via}`, `${inbound}: ${because}`]))
}

test('MM-27: a queue pause in the place of do not disturb: direct calls ring on, and the answer tells the two apart', async () => {
  await start()
  world.person('anna').status(DND)
  await world.passUntil(() => pausedPlaces().length === 2, 'both queues to pause her', 5_000)
  expect(world.phone('1001').dnd()).toBe('off')
  await world.passUntil(() => view().native?.label === 'Paused', 'the pause to be read back', 5_000)
  await world.pass(settledMs)
  const answers = await channels()
  expect(answers.get('phone direct')).toMatch(/^yes/)
  expect(answers.get('phone queue')).toBe(
    'no: paused in the queues, by the hub: Do not disturb chosen on teams ' +
      `${world.system('anna', 'teams').addresses[0]}`,
  )
  const line = async (via: string) =>
    (await fetch(`${world.hub().url}/api/v1/ring/pbx/1001?via=${via}`)).text()
  expect(await line('queue')).toMatch(/^busy paused in the queues/)
  expect(await line('direct')).toBe('ring')
  // Taken back with its cause.
  world.person('anna').status(null)
  await world.passUntil(() => pausedPlaces().length === 0, 'both queues to offer her calls again', 5_000)
})

test('MM-27: who ends the pause at the phone is not paused again, and a restart does not forget that', async () => {
  await start()
  world.person('anna').status(DND)
  await world.passUntil(() => pausedPlaces().length === 2, 'both queues to pause her', 5_000)
  await world.pass(settledMs)
  world.ami.pbx.queues.pause(interfaceOf({ extension: '1001' }), false, { reason: '' })
  await world.passUntil(
    () => world.target('anna', 'queues', 'queue')?.status === 'yielded',
    'the hub to yield',
    5_000,
  )
  await world.restartHub()
  await world.ready()
  await world.pass(settledMs)
  expect(pausedPlaces()).toEqual([])
  expect(world.person('anna').shown()).toEqual(DND)
})
