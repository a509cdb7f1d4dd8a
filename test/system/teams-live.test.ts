import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { openLiveDoor } from '../../src/apps/cli/live-door.ts'
import type { TeamsConfig } from '../../src/connectors/teams/config.ts'
import { checkLive } from '../../src/connectors/teams/live/check-live.ts'
import type { LiveOptions } from '../../src/connectors/teams/live/desk.ts'
import type { OpenPoint } from '../../src/connectors/teams/live/open-points.ts'
import { recordingContext } from '../contract/context.ts'
import { findFreePort } from './support/free-port.ts'
import { clientId, clientSecret, domain, entraTenantId, openTeamsLab, type TeamsLab } from './teams-world.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const anna = `anna@${domain}`
const noTeams = `printer@${domain}`

async function open(options: Parameters<typeof openTeamsLab>[0] = {}) {
  const world = await openTeamsLab(options)
  closers.push(() => world.lab.stop())
  const tenant = world.lab.tenants.get(entraTenantId)!
  world.lab.people.put(tenant, { upn: noTeams, extensions: [], user: { teams: false } })
  const person = tenant.byUpn(anna)!
  return {
    ...world,
    /** What of ours is still at a person. */
    left: () => [...person.inputs.apps, ...(person.inputs.preferred ? [person.inputs.preferred] : [])],
    offerCall: () => tenant.offerCall(person),
    hangup: () => tenant.setInCall(person, false),
  }
}

async function check(
  { config }: Pick<TeamsLab, 'config'>,
  options: Partial<LiveOptions> = {},
  change: Partial<TeamsConfig> = {},
) {
  const recording = recordingContext()
  const whole = { upn: anna, patienceMs: 30_000, ...options }
  const report = await checkLive({ ...config, ...change } as TeamsConfig, recording.context, whole)
  const answerTo = (point: OpenPoint) => report.answers.find((each) => each.point === point)!
  return { report, answerTo, levels: report.findings.map(({ level }) => level) }
}

describe('a live check of Teams', () => {
  it.each([
    ['error', true, 'the whole batch is refused with 404'],
    ['omitted', false, 'it is left out'],
    ['unknown', true, 'it is answered as PresenceUnknown/PresenceUnknown'],
  ] as const)(
    'shows a call, takes it away, and answers points 2 and 3 (badId %s)',
    async (badId, sequenceNumber, third) => {
      const world = await open({ switches: { badId, sequenceNumber, readLagMs: 300 } })
      const { report, answerTo, levels } = await check(world)
      expect(levels).not.toContain('error')
      expect(report.delays.shownAfterMs).toBeGreaterThanOrEqual(200)
      expect(report.delays.clearedAfterMs).toBeGreaterThanOrEqual(0)
      expect(report.findings.at(-1)?.text).toContain('without a session: refused with 404')
      expect([answerTo(2).answer, answerTo(3).answer]).toEqual([sequenceNumber ? 'yes' : 'no', third])
      expect(world.left()).toEqual([])
      const kept = JSON.stringify(report)
      for (const hidden of [world.id('anna'), clientSecret, clientId, entraTenantId])
        expect(kept).not.toContain(hidden)
      expect(report.recording.length).toBeGreaterThan(5)
    },
  )

  it('says of each point that it cannot answer why, and what has to be done', async () => {
    const { report } = await check(await open())
    expect(report.answers.map(({ point }) => point)).toEqual([1, 2, 3, 4, 5, 6, 7])
    const left = report.answers.filter(({ answered }) => !answered)
    expect(left.map(({ point }) => point)).toEqual([1, 4, 5, 7])
    for (const { answer } of left) expect(answer).toMatch(/^not answered, because .+/)
  })

  it('says what hides the call, and leaves nothing behind', async () => {
    const world = await open()
    world.prefer('anna', 'Available/Available')
    const { report } = await check(world, { patienceMs: 700, ask: async () => 'yes' })
    expect(report.findings.find(({ level }) => level === 'warning')?.text).toMatch(/still shows Available/)
    expect(report.answers[0]?.answer).toMatch(/not answered, because Teams shows Available .* not Presenting/)
    expect(world.left()).toEqual([])
  })

  it('writes nothing to a person in a call', async () => {
    const world = await open()
    world.client('anna', 'Busy/InACall')
    const { report } = await check(world)
    expect(world.requests('/presence/set')).toEqual([])
    expect(report.answers[5]?.answer).toMatch(
      /because the check ended before: The person is in a call already/,
    )
  })

  it('fails in words', async () => {
    const world = await open({ roles: ['Presence.Read.All', 'User.ReadBasic.All'] })
    const short = { patienceMs: 500 }
    const lost = await check(world, { ...short, upn: 'nobody@x.example' })
    expect(lost.report.findings[0]?.text).toMatch(/was not found/)
    const refused = await check(world, short)
    expect(refused.report.findings.at(-1)).toMatchObject({
      level: 'error',
      fix: expect.stringMatching(/Presence\.ReadWrite\.All/),
    })
    const wrong = await check(world, short, { clientSecret: 'wrong' })
    expect(wrong.levels).toEqual(['error'])
    expect(wrong.report.answers).toHaveLength(7)
  })
})

describe('point 1, do not disturb and calls', () => {
  it.each([
    [true, 'yes, calls do not ring'],
    [false, 'no, calls ring'],
  ])('is what the person at the terminal saw (dndDiverts %s)', async (dndDiverts, answer) => {
    const world = await open({ switches: { dndDiverts } })
    const asked: string[] = []
    const ask = async (question: string) => {
      asked.push(question)
      if (asked.length === 1) return 'what?'
      expect(world.shown('anna')).toBe('DoNotDisturb/Presenting')
      const rings = world.offerCall() === 'answered'
      world.hangup()
      return rings ? 'yes' : 'no'
    }
    const { answerTo } = await check(world, { ask })
    expect(asked).toEqual([expect.stringContaining('call the person in Teams'), 'Type yes, no or skip: '])
    expect(answerTo(1).answer).toBe(answer)
    expect(world.left()).toEqual([])
  })

  it('is taken back when the question is skipped, or its terminal breaks', async () => {
    const world = await open()
    const skipped = await check(world, { ask: async () => 'skip' })
    expect(skipped.answerTo(1).answer).toMatch(
      /it was skipped: run the check in a terminal, with a colleague/,
    )
    const broken = await check(world, { ask: () => Promise.reject(new Error('gone')) })
    expect(broken.levels).toContain('error')
    expect(broken.answerTo(6).answered).toBe(false)
    expect(world.left()).toEqual([])
  })
})

describe('point 4, limits', () => {
  it.each([
    [{ retryAfter: 1 }, /1 of \d+ requests were refused with 429, with Retry-After \(retry-after: 1\)/],
    [{}, /1 of \d+ requests were refused with 429, without Retry-After/],
  ])('is told when a 429 was met by chance (%o)', async (fault, words) => {
    const world = await open()
    world.lab.faults.add({
      target: 'graph',
      kind: 'status',
      status: 429,
      count: 1,
      path: 'clearPresence',
      ...fault,
    })
    const { answerTo, levels } = await check(world)
    expect(answerTo(4).answer).toMatch(words)
    expect(levels).not.toContain('error')
    expect(world.left()).toEqual([])
  })

  it('is told when the quota of the application was met (quotaPer30s 8)', async () => {
    const world = await open({ switches: { quotaPer30s: 8 } })
    const { clock } = world.lab
    // The window passes at once, when the check has begun to wait for it.
    const hurried: typeof fetch = async (...args) => {
      const answer = await fetch(...args)
      const { status, headers } = answer
      const text = await answer.text()
      if (status === 429) setTimeout(() => clock.advance(31_000), 20)
      return new Response(status === 204 ? null : text, { status, headers })
    }
    const { context } = recordingContext({ fetch: hurried, clock })
    const report = await checkLive(world.config as TeamsConfig, context, { upn: anna, patienceMs: 120_000 })
    expect(report.answers[3]?.answer).toMatch(/\d+ of \d+ requests were refused with 429, with Retry-After/)
    expect(world.left()).toEqual([])
  })

  it('is answered from headers, and is never provoked', async () => {
    const world = await open()
    const { config } = world
    const told: typeof fetch = async (...args) => {
      const answer = await fetch(...args)
      return new Response(answer.status === 204 ? null : await answer.text(), {
        status: answer.status,
        headers: { 'ratelimit-limit': '10000' },
      })
    }
    const { context } = recordingContext({ fetch: told })
    const report = await checkLive(config as TeamsConfig, context, { upn: anna, patienceMs: 30_000 })
    expect(report.answers[3]?.answer).toMatch(
      /none of \d+ requests was refused; headers .*ratelimit-limit: 10000/,
    )
    expect(world.requests('').length).toBeLessThan(60)
  })
})

describe('point 5, subscriptions', () => {
  async function openDoor() {
    const http = { host: '127.0.0.1', port: await findFreePort(), tokens: [] }
    const whole = { http: { ...http, publicUrl: `http://127.0.0.1:${http.port}` } }
    const door = await openLiveDoor(whole, { tenant: 'contoso', connector: 'teams' })
    closers.push(() => door.close())
    return { door, whole }
  }

  it.each([
    ['refused', /^none can be made: refused with 403 .*documented/],
    ['renewable', /^yes: PATCH is accepted \(200\) and moves the end by 8 min/],
    ['fixed', /^no: PATCH is accepted \(200\), but the end stays/],
  ] as const)('is made, prolonged and deleted (subscriptions %s)', async (subscriptions, words) => {
    const world = await open({ switches: { subscriptions } })
    const { door } = await openDoor()
    const { answerTo } = await check(world, { notifications: door.at })
    expect(answerTo(5)).toMatchObject({ answered: true, answer: expect.stringMatching(words) })
    const deleted = world.lab.requests.since(0).filter(({ method }) => method === 'DELETE')
    expect(deleted.map(({ status }) => status)).toEqual(subscriptions === 'refused' ? [] : [204])
  })

  it('is told where nobody answers the handshake', async () => {
    const world = await open({ switches: { subscriptions: 'renewable' } })
    const url = `http://127.0.0.1:${await findFreePort()}/hooks/contoso/teams`
    expect((await check(world, { notifications: { url } })).answerTo(5).answer).toMatch(
      /^none can be made: refused with 400/,
    )
  })

  it('needs a public address that leads to this program', async () => {
    const { whole } = await openDoor()
    const taken = await openLiveDoor(whole, { tenant: 'contoso', connector: 'teams' })
    expect(taken.at).toEqual({ missing: expect.stringMatching(/cannot listen .*EADDRINUSE.*stop the hub/) })
    const { publicUrl: _, ...http } = whole.http
    const none = await openLiveDoor({ http }, { tenant: 'contoso', connector: 'teams' })
    expect(none.at).toEqual({ missing: expect.stringMatching(/set http\.publicUrl/) })
  })
})

describe('point 6, the life of a chosen status', () => {
  it.each([
    [0, /^P365D is accepted .*nothing longer was tried/],
    [24 * 30, /^P30D is accepted .*P90D is refused with 400 \(InvalidArgument\)/],
    [1, /^PT8H is refused with 400/],
  ])('is asked for in rising steps (preferredMaxHours %i)', async (preferredMaxHours, words) => {
    const world = await open({ switches: { preferredMaxHours } })
    expect((await check(world)).answerTo(6).answer).toMatch(words)
    expect(world.left()).toEqual([])
  })

  it('leaves alone what the person may have chosen', async () => {
    const world = await open()
    world.prefer('anna', 'BeRightBack/BeRightBack')
    const { answerTo } = await check(world, { patienceMs: 300 })
    expect(answerTo(6).answer).toMatch(/because Teams shows Be right back, which the person may have chosen/)
    expect(world.requests('UserPreferredPresence')).toEqual([])
  })
})

describe('point 7, an account without a licence', () => {
  it.each([
    ['refused', 'error', /^it is refused with 404 .*the whole batch is refused/],
    [
      'accepted',
      'omitted',
      /^it is accepted \(200\); Graph then shows nothing; clearPresence is accepted.*left out/,
    ],
  ] as const)('gets one setPresence and its end (unlicensed %s)', async (unlicensed, badId, words) => {
    const world = await open({ switches: { unlicensed, badId } })
    const { answerTo } = await check(world, { unlicensed: noTeams })
    expect(answerTo(7).answer).toMatch(words)
    const id = world.lab.people.find(noTeams)!.person
    expect(id.inputs.apps).toEqual([])
    expect(world.requests(`${id.user.id}/presence/setPresence`)).toHaveLength(1)
  })

  it('that is not there is said', async () => {
    const { answerTo } = await check(await open(), { unlicensed: 'nobody@x.example' })
    expect(answerTo(7).answer).toMatch(/--unlicensed was not found: refused with 404/)
  })
})

describe('whatever happens', () => {
  it.each([
    ['setPresence', 'before'],
    ['setPresence', 'after'],
    ['clearPresence', 'before'],
    ['clearPresence', 'after'],
    ['setUserPreferredPresence', 'after'],
    ['clearUserPreferredPresence', 'before'],
  ] as const)('all is taken back: the connection drops at %s, %s it takes effect', async (path, when) => {
    const world = await open()
    world.lab.faults.add({ target: 'graph', kind: 'drop', when, count: 1, path })
    await check(world)
    expect(world.left()).toEqual([])
  })

  // Of In a call, Presenting, the first life of Busy, the account without a licence, the subscription.
  it.each([1, 2, 4, 6, 7, 18, 20, 21])('all is taken back: interrupted at write %i', async (number) => {
    const world = await open({ switches: { subscriptions: 'renewable' } })
    const http = await answerHandshakes()
    const writes = () =>
      world.requests('').filter(({ path }) => /\/presence\/|subscriptions/.test(path)).length
    const { report } = await check(world, {
      ask: async () => 'no',
      unlicensed: noTeams,
      notifications: { url: http },
      interrupted: () => writes() >= number,
    })
    expect(world.left()).toEqual([])
    expect(report.answers).toHaveLength(7)
    const made = world.lab.requests.since(0).filter(({ path }) => path.includes('subscriptions'))
    if (made.length > 0) expect(made.at(-1)?.method).toBe('DELETE')
  })

  it('what cannot be taken back is said, with what to do', async () => {
    const world = await open()
    world.lab.faults.add({ target: 'graph', kind: 'status', status: 403, path: 'clearPresence' })
    const { report } = await check(world, { patienceMs: 500 })
    expect(report.findings.at(-1)).toEqual({
      level: 'error',
      text: 'What was set could not be taken away again; it ends by itself in five minutes: refused with 403 (Authorization_RequestDenied).',
      fix: 'Wait for five minutes.',
    })
  })
})

/** Whoever answers Graph's handshake. */
async function answerHandshakes(): Promise<string> {
  const server = createServer((request, response) => {
    response.end(new URL(request.url ?? '/', 'http://x').searchParams.get('validationToken'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`
}
