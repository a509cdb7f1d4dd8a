import { Agent, get } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { report } from './e2e/measure.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

let world: World
afterEach(async () => {
  await world.stop()
})

const people = 5000
const questions = 2000

/** As a dialplan asks: one question after the other, on one connection. */
function ask(url: string, agent: Agent, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve(text))
    }).on('error', reject)
  })
}

const extensionOf = (index: number) => String(20_000 + index)
/** Every third phone is in do not disturb. */
const silenced = (index: number) => index % 3 === 0

/** The PBX has spoken of everybody; Teams, which no answer is about, is out of reach. */
async function heard(): Promise<void> {
  const unheard = () =>
    world
      .hub()
      .port.people()
      .filter(({ systems }) => !systems.some(({ connector, synced }) => connector === 'pbx' && synced))
  await until(
    () => unheard().length === 0,
    () => `${unheard().length} to be heard`,
    60_000,
  )
}

test(`X-12: the line of text comes in under 5 ms at the median, with ${people} people whose phones are known`, async () => {
  const token = 'a-token-with-the-scope-ring'
  const many = Array.from({ length: people }, (_, index) => ({
    upn: `user${index}@contoso.example`,
    addresses: { pbx: extensionOf(index) },
  }))
  world = await startWorld({
    people: many,
    tokens: [
      { name: 'pbx', token, scopes: ['ring'] },
      { name: 'board', token: 'a-token-that-may-look', scopes: ['read'] },
    ],
    ring: { breakthrough: { numbers: ['+4989*'], secondCall: true } },
    links: [{ from: 'pbx', to: 'teams' }],
    teams: { graphUrl: 'http://127.0.0.1:1' },
    withoutHub: true,
  })
  for (let index = 0; index < people; index++) {
    world.lab.phones.put({ extension: extensionOf(index), displayName: `User ${index}` })
    if (silenced(index)) world.lab.phones.setDnd(extensionOf(index), true)
  }
  await world.restartHub()
  await heard()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const path = `${world.hub().url}/api/v1/ring/pbx`
  const times: number[] = []
  for (let question = 0; question < questions; question++) {
    const index = (question * 37) % people
    const begun = performance.now()
    const answer = await ask(
      `${path}/${extensionOf(index)}?from=%2B1425555${question}&call=${question}`,
      agent,
      token,
    )
    times.push(Math.round((performance.now() - begun) * 100) / 100)
    expect(answer).toMatch(silenced(index) ? /^busy do not disturb is on/ : /^ring$/)
  }
  agent.destroy()
  report('a call asked for', times, 5)
  expect(times.toSorted((a, b) => a - b)[questions / 2]).toBeLessThan(5)
})
