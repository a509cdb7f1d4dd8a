import { Agent, get } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { report } from './e2e/measure.ts'
import { startWorld, type World } from './e2e/world.ts'

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

test(`X-12: the line of text comes in under 5 ms at the median, with ${people} people`, async () => {
  const token = 'a-token-with-the-scope-ring'
  const many = Array.from({ length: people }, (_, index) => ({
    upn: `user${index}@contoso.example`,
    addresses: { pbx: String(20_000 + index) },
  }))
  world = await startWorld({
    people: [{ upn: 'anna@contoso.example', addresses: { pbx: '1001' } }, ...many],
    tokens: [
      { name: 'pbx', token, scopes: ['ring'] },
      { name: 'board', token: 'a-token-that-may-look', scopes: ['read'] },
    ],
    ring: { breakthrough: { numbers: ['+4989*'], secondCall: true } },
    links: [{ from: 'pbx', to: 'teams' }],
    teams: { graphUrl: 'http://127.0.0.1:1' },
    withoutHub: true,
  })
  await world.restartHub()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const path = `${world.hub().url}/api/v1/ring/pbx`
  const times: number[] = []
  for (let index = 0; index < questions; index++) {
    const address = index % 2 === 0 ? '1001' : String(20_000 + ((index * 37) % people))
    const begun = performance.now()
    const answer = await ask(`${path}/${address}?from=%2B1425555${index}&call=${index}`, agent, token)
    times.push(Math.round((performance.now() - begun) * 100) / 100)
    expect(answer).toMatch(/^(ring$|unknown )/)
  }
  agent.destroy()
  report('a call asked for', times, 5)
  expect(times.toSorted((a, b) => a - b)[questions / 2]).toBeLessThan(5)
})
