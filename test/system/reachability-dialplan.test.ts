import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DND } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'
import { readDialplan, runDialplan } from './support/dialplan.ts'

/** The dialplan of docs/guide/reachability.md, word for word. */
const page = readFileSync(new URL('../../docs/guide/reachability.md', import.meta.url), 'utf8')
const snippet = /```ini\n(\[globals\][\s\S]*?)```/.exec(page)![1]!

const rings = 'Dial(PJSIP/1001,30)'
const busy = 'Busy(10)'
const tokens = [{ name: 'pbx', token: 'a-token-with-the-scope-ring', scopes: ['ring'] }]
const stranger = '+14255550100'
const ring = {
  countryCode: '49',
  breakthrough: {
    numbers: ['+4989123*'],
    people: { 'anna@contoso.example': ['+43123456789'] },
    secondCall: true,
  },
}

let world: World
beforeEach(async () => {
  world = await startWorld({ tokens, ring })
})
afterEach(async () => {
  await world.stop()
})

let calls = 0
const asked: string[] = []

async function curl(url: string, { headers, seconds }: { headers: readonly string[]; seconds: number }) {
  asked.push(url)
  const pairs = headers.map((header): [string, string] => {
    const at = header.indexOf(':')
    return [header.slice(0, at), header.slice(at + 1).trim()]
  })
  try {
    const answer = await fetch(url, { headers: pairs, signal: AbortSignal.timeout(seconds * 1000) })
    return (await answer.text()).trimEnd()
  } catch {
    return ''
  }
}

/** A call to 1001 as the documented dialplan treats it. */
async function call(
  caller: string,
  { linkedid = `17.${calls++}`, hub = world.hub().url }: { linkedid?: string; hub?: string } = {},
): Promise<string> {
  const text = snippet.replace('http://127.0.0.1:8080', hub)
  return runDialplan(readDialplan(text, 'hookswitch-ring'), {
    ...{ exten: '1001', caller, linkedid, curl },
    deviceState: (device) => world.ami.pbx.deviceState(device),
  })
}

async function silence(): Promise<void> {
  world.person('anna').status(DND)
  await world.passUntil(() => world.phone('1001').dnd() === 'on', 'the phone to follow', 5_000)
  await world.pass(17_000)
}

describe('the documented dialplan against a running hub', () => {
  test('X-12: rings, and is busy in do not disturb', async () => {
    expect(await call(stranger)).toBe(rings)
    expect(asked.at(-1)).toContain(`from=${encodeURIComponent(stranger)}`)
    await silence()
    expect(await call(stranger)).toBe(busy)
  })

  test('X-12: the allow lists of the tenant and of the person get through, in any spelling', async () => {
    await silence()
    for (const caller of ['+498912345', '08912399', '004989123', '+43123456789']) {
      expect(await call(caller), caller).toBe(rings)
    }
    for (const caller of ['+4989124', 'anonymous', '']) expect(await call(caller), caller).toBe(busy)
  })

  test('X-12: a second call from the same number within three minutes gets through; the same call asked twice does not', async () => {
    await silence()
    expect(await call(stranger, { linkedid: '1.1' })).toBe(busy)
    expect(await call(stranger, { linkedid: '1.1' })).toBe(busy)
    expect(await call('+14255550101', { linkedid: '1.2' })).toBe(busy)
    await world.pass(60_000)
    expect(await call(stranger, { linkedid: '1.3' })).toBe(rings)
    await world.pass(200_000)
    expect(await call(stranger, { linkedid: '1.4' })).toBe(busy)
  })

  test('X-12: without a usable answer it looks at do not disturb itself', async () => {
    const slow = createServer(() => {})
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    const deaf = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`
    const nowhere = 'http://127.0.0.1:1'
    expect([await call(stranger, { hub: nowhere }), await call(stranger, { hub: deaf })]).toEqual([
      rings,
      rings,
    ])
    await silence()
    expect([await call(stranger, { hub: nowhere }), await call(stranger, { hub: deaf })]).toEqual([
      busy,
      busy,
    ])
    slow.closeAllConnections()
    slow.close()
  })

  test('X-12: a hub that cannot hear the phone system, or refuses the token, is no reason to be busy', async () => {
    await world.stopHub()
    await world.restartHub({ tokens: [{ ...tokens[0], token: 'another-token-than-that-one' }] })
    await world.ready()
    expect(await call(stranger)).toBe(rings)
    await world.restartHub()
    await world.ready()
    await world.ami.stop()
    await world.passUntil(() => !world.system('anna', 'pbx').synced, 'the phone system to be lost', 60_000)
    expect(await call(stranger)).toBe(rings)
    const [direct] = world
      .hub()
      .port.reachability('anna@contoso.example')!
      .channels.filter(({ kind }) => kind === 'phone')
    expect(direct!.inbound).toBe('unknown')
  })
})
