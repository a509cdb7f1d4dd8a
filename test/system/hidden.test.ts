import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { registry } from '../../src/apps/registry.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createLog } from '../../src/observe/log.ts'

let folder: string
let hub: RunningHub
const closers: (() => void)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-hidden-'))
})
afterEach(async () => {
  for (const close of closers.splice(0)) close()
  await hub.stop()
  rmSync(folder, { recursive: true, force: true })
})

const domain = 'contoso.example'
const everyone = ['anna', 'ben', 'chiara', 'dora']

/** Chiara and Dora are of the works council. */
function configOf(hidden: string) {
  const people = everyone.map((name) => {
    const groups = name === 'chiara' || name === 'dora' ? ', groups: [council]' : ''
    return `{ upn: ${name}@${domain}${groups} }`
  })
  const tokens = [
    '{ name: boss, token: boss-boss-boss-boss, scopes: [admin] }',
    '{ name: desk, token: desk-desk-desk-desk, scopes: [read, signal], viewer: reception }',
    '{ name: wall, token: wall-wall-wall-wall, scopes: [read, signal] }',
  ]
  const file = join(folder, 'hookswitch.yaml')
  writeFileSync(
    file,
    `http: { port: 0, tokens: [${tokens.join(', ')}] }
store: { path: ./data }
tenants: [{ id: contoso, history: { days: 1 }, people: [${people.join(', ')}], hidden: ${hidden} }]`,
  )
  return loadConfig({ file, types: registry, env: {} })
}

const rules = `[{ people: [Anna@${domain}] }, { groups: [council], viewers: [reception] }]`

async function start(hidden: string): Promise<void> {
  hub = await startHub(configOf(hidden), { log: createLog({ level: 'error' }) })
}

type Who = 'boss' | 'desk' | 'wall'

const headersOf = (who: Who) => ({ authorization: `Bearer ${[who, who, who, who].join('-')}` })

async function ask(who: Who, path: string, init: { method?: string; body?: unknown } = {}) {
  const { method = 'GET', body } = init
  const headers = {
    ...headersOf(who),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const text = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...text })
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every form
  return { status: answer.status, body: (await answer.json()) as any }
}

async function seen(who: Who): Promise<readonly string[]> {
  const { body } = await ask(who, '/people')
  expect(body.total).toBe(body.people.length)
  return body.people.map(({ id }: { id: string }) => id.split('@')[0])
}

/** Every event of the stream as `person anna In a call`. */
async function listen(who: Who): Promise<string[]> {
  const stop = new AbortController()
  closers.push(() => stop.abort())
  const answer = await fetch(`${hub.url}/api/v1/events`, { headers: headersOf(who), signal: stop.signal })
  const told: string[] = []
  const read = async () => {
    let rest = ''
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const [, event, data] = /event: (\w+)\ndata: (.*)$/.exec(block) ?? []
        if (event === undefined) continue
        const { id, state } = JSON.parse(data!) as { id?: string; state?: { label: string } }
        told.push([event, id?.split('@')[0], state?.label].filter(Boolean).join(' '))
      }
    }
  }
  read().catch(() => {})
  await expect.poll(() => told).toContain('ready')
  return told
}

const call = (name: string, who: Who = 'boss') =>
  ask(who, `/people/${name}@${domain}/signals/door`, { method: 'PUT', body: { state: 'inACall', ttl: 600 } })

describe('hidden people', () => {
  test('SW-02: are left out of the list, for everyone or for a group of viewers; others are unaffected', async () => {
    await start(rules)
    expect(await seen('boss')).toEqual(everyone)
    expect(await seen('wall')).toEqual(['ben', 'chiara', 'dora'])
    expect(await seen('desk')).toEqual(['ben'])
    const page = await ask('desk', `/people?text=${domain}&limit=1`)
    expect(page.body).toMatchObject({ total: 1, people: [{ id: `ben@${domain}` }] })
    expect(page.body.next).toBeUndefined()
  })

  test('SW-02: are nobody to who asks for them, by whatever way', async () => {
    await start(rules)
    const ways = ['', '/explain', `/explain?at=${Date.now()}`, '/reachability']
    for (const way of ways) {
      const hidden = await ask('desk', `/people/Chiara@${domain}${way}`)
      expect([way, hidden.status, hidden.body.detail]).toEqual([
        ...[way, 404],
        `No person has the id or UPN "Chiara@${domain}".`,
      ])
    }
    for (const way of ['', '/explain', '/reachability']) {
      expect((await ask('wall', `/people/chiara@${domain}${way}`)).status).toBe(200)
    }
  })

  test('SW-02: who speaks for them still does, and learns nothing', async () => {
    await start(rules)
    const { status, body } = await call('chiara', 'desk')
    expect([status, body.state.label, body.systems]).toEqual([200, 'Hidden', []])
    const truth = await ask('boss', `/people/chiara@${domain}`)
    expect(truth.body.state.label).toBe('In a call')
  })

  test('SW-02: are not in the event stream, nor are their changes', async () => {
    await start(rules)
    const [desk, wall] = [await listen('desk'), await listen('wall')]
    expect(desk).toEqual(['person ben Unknown', 'ready'])
    for (const name of everyone) await call(name)
    await expect.poll(() => desk).toContain('person ben In a call')
    await expect.poll(() => wall).toContain('person dora In a call')
    expect(desk.slice(2).every((event) => event.startsWith('person ben'))).toBe(true)
    expect(wall.join()).not.toContain('anna')
  })

  test('SW-02: leave an open stream when they are hidden, and come back when they are no more', async () => {
    await start('[]')
    const desk = await listen('desk')
    expect(desk).toContain('person chiara Unknown')
    const change = { author: 'test', comment: '' }
    await hub.apply(configOf(rules), change)
    // Who opens a stream makes the hub look through everyone.
    await listen('wall')
    await expect.poll(() => desk).toContain('removed chiara')
    expect(desk).not.toContain('removed ben')
    expect(await seen('desk')).toEqual(['ben'])
    desk.length = 0
    await hub.apply(configOf('[]'), change)
    await listen('wall')
    await expect.poll(() => desk).toContain('person chiara Unknown')
  })
})
