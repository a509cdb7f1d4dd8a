import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { labAmiUser } from '../../src/lab/asterisk/server.ts'
import { DND } from './e2e/lab-people.ts'
import { type ProcessWorldOptions, startProcessWorld } from './e2e/process-world.ts'
import type { World } from './e2e/world.ts'
import { chosenByHand } from './scenarios/by-hand.ts'
import * as calls from './scenarios/calls.ts'
import * as outcome from './scenarios/outcome.ts'

/**
 * The hub as it is installed, a process of its own, beside a lab in another: nothing is shared but sockets, and time is
 * real. What takes longer than a test may, or depends on fractions of a second, is in the other end-to-end tests only.
 */
const longestMs = 600_000

const scenarios: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  'SW-06, X-07: a call on a phone shows in Teams and is taken back': outcome.callShown,
  'SW-03, VO-24: do not disturb goes both ways': outcome.doNotDisturbBothWays,
  'VO-23: ringing alone shows nothing': outcome.ringingShowsNothing,
  'G-01: a Teams call and a phone call at once': calls.teamsCallAndPhoneCall,
  'G-01: a Teams call that begins in the shadow of our own': calls.teamsCallInOurShadow,
  'G-01: the own echo does not lift do not disturb': calls.ownEchoAndDoNotDisturb,
  'SW-05, G-05: two extensions of one person': calls.twoExtensions,
  'G-05: an internal call': calls.internalCall,
}

const open = async (options: ProcessWorldOptions, over: (stop: () => Promise<void>) => void) => {
  const world = await startProcessWorld(options)
  over(world.stop)
  return world
}

describe('hub and lab in processes of their own', () => {
  test.concurrent.for(Object.entries(scenarios))(
    '%s',
    { timeout: longestMs },
    async ([, scenario], { onTestFinished }) => {
      await scenario(await open({}, onTestFinished))
    },
  )

  test.concurrent('SW-32, G-04: Busy chosen by hand during a phone call, or before it', {
    timeout: longestMs,
  }, async ({ onTestFinished }) => {
    const world = await open({ switches: { aggregation: 'observed' } }, onTestFinished)
    await chosenByHand(world, ['Busy/Busy'])
  })

  test.concurrent('MM-27: a queue pause in the place of do not disturb', { timeout: longestMs }, async ({
    onTestFinished,
  }) => {
    const people = [{ upn: 'anna@contoso.example', addresses: { pbx: '1001', queues: '1001' } }]
    const links = [
      { from: 'pbx', to: 'teams' },
      { from: 'teams', to: 'queues' },
    ]
    const world = await open(
      { people, links, queues: {}, ring: { queueDoNotDisturb: 'rings' } },
      onTestFinished,
    )
    await joinQueues(world.places.ami, ['400', '401'], 'PJSIP/1001')
    const shown = () => world.system('anna', 'queues').native?.label
    await world.passUntil(() => shown() === 'Takes calls', 'Anna to be in the queues', 5_000)
    world.person('anna').status(DND)
    await world.passUntil(() => shown() === 'Paused', 'the queues to pause her', 5_000)
    expect(world.phone('1001').dnd()).toBe('off')
    const answer = await fetch(`${world.hub().url}/api/v1/ring/pbx/1001?via=queue`)
    expect(await answer.text()).toMatch(/^busy paused in the queues/)
    world.person('anna').status(null)
    await world.passUntil(() => shown() === 'Takes calls', 'the queues to offer her calls again', 5_000)
  })
})

/** As an agent's tool signs somebody in: QueueAdd over the manager interface. */
async function joinQueues(address: string, queues: readonly string[], phone: string): Promise<void> {
  const [host = '', port = ''] = address.split(':')
  const { username, secret } = labAmiUser
  const actions = [
    ['Login', `Username: ${username}`, `Secret: ${secret}`, 'Events: off'],
    ...queues.map((queue) => ['QueueAdd', `Queue: ${queue}`, `Interface: ${phone}`]),
    ['Logoff'],
  ]
  const socket = connect(Number(port), host)
  let said = ''
  socket.on('data', (chunk) => {
    said += chunk.toString()
  })
  for (const [action, ...headers] of actions) {
    socket.write(`${[`Action: ${action}`, ...headers].join('\r\n')}\r\n\r\n`)
  }
  await new Promise((resolve) => socket.once('close', resolve))
  expect(said.match(/Added interface to queue/g)).toHaveLength(queues.length)
}
