import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Io } from '../../src/apps/cli/command.ts'
import { main } from '../../src/apps/cli/main.ts'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { registry } from '../../src/apps/registry.ts'
import { loadConfig } from '../../src/config/load.ts'
import { defaultPolicy } from '../../src/core/policy.ts'
import { DO_NOT_DISTURB, IN_A_CALL, PRESENTING } from '../../src/core/presence.ts'
import type { ExplainView } from '../../src/core/view.ts'
import { newActor } from '../../src/engine/actor.ts'
import { HistoryRecorder } from '../../src/engine/history-recorder.ts'
import { writePresentity } from '../../src/engine/serialize.ts'
import { writePolicy } from '../../src/history/policy-text.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { createLog } from '../../src/observe/log.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import { heardPoint, leg, link, teamsPoint } from '../support/points.ts'

let folder: string
let hub: RunningHub | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-history-'))
})
afterEach(async () => {
  await hub?.stop()
  hub = undefined
  rmSync(folder, { recursive: true, force: true })
})

const tokens = `tokens:
    - { name: desk, token: desk-desk-desk-desk, scopes: [read, signal] }
    - { name: boss, token: boss-boss-boss-boss, scopes: [admin] }`

/** A hub with one person and no phone system: what is said comes over the API. */
async function start(history: string, more = ''): Promise<void> {
  const file = join(folder, 'hookswitch.yaml')
  writeFileSync(
    file,
    `http:
  port: 0
  ${tokens}
store: { path: ./data }
tenants:
  - id: contoso
    history: ${history}
    people: [{ upn: Anna@contoso.example }, { upn: ben@contoso.example }]
${more}`,
  )
  const log = createLog({ level: 'error' })
  hub = await startHub(loadConfig({ file, types: registry, env: {} }), {
    log,
    change: { author: 'carla', comment: 'as agreed' },
  })
}

async function ask(path: string, init: { token?: string; method?: string; body?: unknown } = {}) {
  const { token = 'boss-boss-boss-boss', method = 'GET', body } = init
  const answer = await fetch(`${hub!.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, never> & { detail?: string } }
}

const say = (person: string, state: string) =>
  ask(`/people/${person}/signals/door`, { method: 'PUT', body: { state, ttl: 600 } })

async function run(line: string, env: Record<string, string> = { HOOKSWITCH_TOKEN: 'boss-boss-boss-boss' }) {
  let [out, err] = ['', '']
  const io: Io = {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    env,
    cwd: folder,
    interactive: false,
    ask: async () => 'no',
    interrupted: () => new Promise(() => {}),
  }
  const code = await main(line.split(' ').filter(Boolean), io)
  return { code, out, err }
}

const anna = 'anna@contoso.example'

describe('the past of a running hub', () => {
  test('G-09: a past moment is explained, also after a restart, and the look is in the audit log', async () => {
    await start('{ days: 7 }')
    await say(anna, 'inACall')
    await expect
      .poll(async () => (await ask(`/people/${anna}/explain?at=${Date.now()}`)).body.person)
      .toMatchObject({
        state: { label: 'In a call' },
      })
    const then = Date.now()
    await ask(`/people/${anna}/signals/door`, { method: 'DELETE' }).catch(() => {})
    await say(anna, 'away')
    await expect.poll(async () => (await ask(`/people/${anna}`)).body.state).toMatchObject({ label: 'Away' })
    await hub!.stop()
    await start('{ days: 7 }')
    const past = await run(
      `explain Anna@contoso.example --url ${hub!.url} --at ${new Date(then).toISOString()}`,
    )
    expect(past.err).toBe('')
    expect(past.out).toMatch(/^Anna@contoso.example .*: In a call\n/)
    const { body } = await ask(`/audit?what=history.read&about=${anna}&limit=1`)
    expect(body.entries).toMatchObject([
      { about: anna, detail: `the moment ${new Date(then).toISOString()}; from 127.0.0.1` },
    ])
    expect((body.entries as unknown as { who: string }[])[0]!.who).toMatch(/ \(boss\)$/)
    expect((await ask(`/people/${anna}/explain?at=2020-01-01T00:00:00Z`)).body.detail).toMatch(
      /history begins later/,
    )
    expect((await ask(`/people/${anna}/explain?at=yesterday`)).status).toBe(400)
    const { past: kept, at } = (await ask(`/people/${anna}/explain`)).body as unknown as ExplainView
    expect(at - kept!.from).toBeCloseTo(7 * 86_400_000, -5)
    expect((await ask('/audit', { token: 'desk-desk-desk-desk' })).status).toBe(403)
  })

  test('G-11: history is off unless a retention is set, and switching it off forgets what was kept', async () => {
    await start('{ days: 7 }')
    await say(anna, 'inACall')
    await hub!.stop()
    await start('{}')
    const past = await ask(`/people/${anna}/explain?at=${Date.now()}`)
    expect(past.body.detail).toMatch(/No history is kept. Set history.days/)
    expect((await ask(`/people/${anna}/explain`)).body).not.toHaveProperty('past')
    await expect.poll(async () => (await ask(`/people/${anna}/data`)).body.history).toEqual([])
  })

  test('G-11: a person exports and erases what is stored about them; others stay', async () => {
    await start('{ days: 7 }')
    await say(anna, 'inACall')
    await say('ben@contoso.example', 'busy')
    await expect.poll(async () => (await ask(`/people/${anna}/data`)).body.history).not.toEqual([])
    const exported = await run(`person export ${anna} --url ${hub!.url}`)
    const data = JSON.parse(exported.out) as Record<string, unknown[]>
    expect(Object.keys(data)).toEqual([
      ...['tenant', 'id', 'exportedAt', 'person', 'state', 'history', 'ledger', 'memory', 'audit'],
    ])
    expect(JSON.stringify(data)).not.toContain('ben@')
    expect(JSON.stringify(data.memory)).toContain('door')
    expect((await run(`person erase ${anna} --url ${hub!.url}`)).code).toBe(64)
    const erased = await run(`person erase ${anna} --url ${hub!.url} --yes`)
    expect(erased.out).toMatch(
      /^Erased: [1-9]\d* records? of history, 0 closed writes. What their systems say now/,
    )
    expect((await ask(`/people/${anna}/data`)).body.history).toEqual([])
    expect((await ask('/people/ben@contoso.example/data')).body.history).not.toEqual([])
    const { body } = await ask(`/audit?about=${anna}`)
    const acts = (body.entries as unknown as { what: string }[]).map(({ what }) => what)
    expect(acts).toContain('person.erase')
    expect(acts).toContain('person.export')
    expect((await ask('/people/nobody@contoso.example/data')).status).toBe(404)
    expect((await ask(`/people/${anna}/data`, { token: 'desk-desk-desk-desk' })).status).toBe(403)
  })

  test('G-11: works council mode keeps nothing and hides the reasons of others', async () => {
    await start('{ days: 7, worksCouncil: true }')
    await say(anna, 'inACall')
    const token = 'desk-desk-desk-desk'
    const seen = (await ask(`/people/${anna}`, { token })).body as unknown as Record<
      string,
      Record<string, unknown>
    >
    expect(seen.state).toEqual({
      availability: 'busy',
      activity: 'inACall',
      label: 'In a call',
      outOfOffice: false,
    })
    expect(seen.systems).toEqual([
      {
        ...{ connector: 'api', type: 'api', title: 'External signals', kind: 'signal' },
        addresses: [anna],
        synced: true,
        targets: [],
      },
    ])
    const why = (await ask(`/people/${anna}/explain`, { token })).body
    expect(why).toMatchObject({
      signals: [],
      history: [],
      decisions: [{ because: 'withheld: works council mode' }],
    })
    expect((await ask('/people', { token })).body.people).toContainEqual({
      ...seen,
      revision: expect.any(Number),
    })
    const events = await fetch(`${hub!.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } })
    let text = ''
    for await (const chunk of events.body!) {
      text += Buffer.from(chunk).toString()
      if (text.includes('event: ready')) break
    }
    expect(text).toContain('In a call')
    expect(text).not.toContain('native')
    // An administrator sees why, but there is no past to see.
    expect((await ask(`/people/${anna}/explain`)).body.signals).not.toEqual([])
    expect((await ask(`/people/${anna}/explain?at=${Date.now()}`)).body.detail).toMatch(/works council/)
    expect((await ask(`/people/${anna}/data`)).body.history).toEqual([])
  })

  test('G-09: rules have versions; a rollback is one command, stays over a restart, and is audited', async () => {
    await start('{}')
    await hub!.stop()
    await start('{}', '    ring: { busyOnBusy: enabled }\n')
    const url = `--url ${hub!.url}`
    const listed = await run(`policy list ${url}`)
    expect(listed.out).toMatch(/ {2}2 \(in force\), .* by carla, 0 links: as agreed\n {2}1, /)
    expect((await run(`policy diff 1 2 ${url}`)).out).toMatch(/^ring.busyOnBusy: unknown -> enabled/m)
    expect((await run(`policy rollback 1 ${url}`)).code).toBe(64)
    expect((await run(`policy rollback 9 --comment x ${url}`)).err).toMatch(/no version 9/)
    const back = await run(`policy rollback 1 --comment late --author dora ${url}`)
    expect(back.out).toMatch(/ {2}1 \(in force, pinned\)/)
    await hub!.stop()
    await start('{}', '    ring: { busyOnBusy: enabled }\n')
    const [policies] = (await ask('/policies')).body.policies as unknown as Record<string, unknown>[]
    expect(policies).toMatchObject({
      inForce: 1,
      pinned: { version: 1, author: 'dora (boss)', comment: 'late' },
    })
    expect((await ask('/connectors')).body.rules).toEqual([{ tenant: 'contoso', version: 1, pinned: true }])
    expect((await run(`explain ${anna} --url ${hub!.url}`)).out).toContain(
      'by version 1 of the rules (pinned)',
    )
    expect((await run(`policy unpin --url ${hub!.url}`)).out).toMatch(/ {2}2 \(in force\)/)
    const { body } = await ask('/audit')
    const told = (body.entries as unknown as { what: string; who: string }[]).map(({ what }) => what)
    expect(told).toEqual(['policy.unpin', 'policy.rollback', 'policy.change', 'policy.change'])
  })

  test('G-09: a release and a pause are in the audit log', async () => {
    await start('{}')
    await ask('/release', { method: 'POST', body: { person: anna } })
    await ask(`/people/${anna}/pause`, { method: 'PUT', body: { minutes: 30 } })
    await ask(`/people/${anna}/pause`, { method: 'DELETE' })
    const { body } = await ask('/audit?limit=3')
    expect(body.entries).toMatchObject([
      { what: 'person.resume', about: anna, who: 'boss' },
      { what: 'person.pause', about: anna, detail: 'minutes 30; from 127.0.0.1' },
      { what: 'release', about: anna },
    ])
    const page = (await ask('/audit?limit=2')).body as unknown as { next: string }
    const rest = await ask(`/audit?limit=2&before=${encodeURIComponent(page.next)}`)
    expect(rest.body.entries).toMatchObject([{ what: 'release' }, { what: 'policy.change', who: 'carla' }])
  })
})

describe('hookswitch replay', () => {
  const from = Date.parse('2026-11-20T09:00:00Z')
  const minute = 60_000

  /** A data folder in which a person presented from 9:10 to 9:40 while the phone rang at 9:20. */
  async function record() {
    const store = await openSqliteStore({ path: join(folder, 'data'), clock: systemClock({ unref: true }) })
    const policy = { ...defaultPolicy, links: [link('teams', 'pbx'), link('pbx', 'teams')] }
    const row = {
      tenant: 'contoso',
      version: 1,
      at: from,
      author: 'a',
      comment: '',
      body: writePolicy(policy),
    }
    await store.commit([{ put: 'policyVersion', row }], 'full')
    const [teams, phone] = [teamsPoint(), heardPoint()]
    const who = { tenant: 'contoso', id: anna, upn: anna, displayName: 'Anna', points: [teams, phone] }
    const actor = newActor(who, from)
    const recorder = new HistoryRecorder()
    recorder.keep('contoso', 1)
    const note = async (at: number) => {
      const stored = { put: 'presentity', ...writePresentity(actor.presentity) } as const
      const change = recorder.record(actor, [stored], at)
      if (change) await store.commit([change], 'normal')
    }
    await note(from)
    teams.native = { state: PRESENTING, chosen: 'no', outOfOffice: false, since: from + 10 * minute }
    await note(from + 10 * minute)
    phone.legs = [leg({ state: 'early', since: from + 20 * minute })]
    await note(from + 20 * minute)
    phone.legs = []
    await note(from + 21 * minute)
    teams.native = { state: IN_A_CALL, chosen: 'no', outOfOffice: false, since: from + 40 * minute }
    await note(from + 40 * minute)
    return store
  }

  function edit(links: string, history = '{ days: 7 }'): void {
    writeFileSync(
      join(folder, 'edited.yaml'),
      `store: { path: ./data }
tenants:
  - id: contoso
    history: ${history}
    connectors:
      - id: teams
        type: teams
        entraTenantId: 11111111-2222-3333-4444-555555555555
        clientId: 11111111-2222-3333-4444-666666666666
        clientSecret: not-a-real-one
      - { id: pbx, type: asterisk, host: 127.0.0.1, port: 5038, username: hookswitch, secret: not-a-real-one }
    people: [{ upn: ${anna} }]
    links: ${links}
`,
    )
  }

  const period = '--from 2026-11-20T09:00:00Z --to 2026-11-20T10:00:00Z'

  test('G-09: tells what an edited table would have changed, for whom, how long, and which calls; and the look is in the audit log', async () => {
    await (await record()).close()
    edit('[{ from: teams, to: pbx, table: [{ when: {}, act: release }] }, { from: pbx, to: teams }]')
    const { code, out, err } = await run(`replay --config edited.yaml ${period}`)
    const archive = await openSqliteStore({
      ...{ path: join(folder, 'data'), clock: systemClock({ unref: true }) },
    })
    const entries = await archive.audit({ tenant: 'contoso', limit: 10 })
    await archive.close()
    expect(entries).toMatchObject([{ what: 'history.read', about: '*', detail: lookedAt }])
    expect(entries[0]!.who).not.toBe('')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('1 state would have been different, for 1 person, 30 min 0 s in all.')
    expect(out).toContain('0 calls would have been blocked, 1 let through.')
    expect(out).toContain(
      `${anna} at pbx 1001 dnd: nothing instead of ${DO_NOT_DISTURB.availability}/${DO_NOT_DISTURB.activity} (teams to pbx)`,
    )
  })

  const lookedAt = 'replay from 2026-11-20T09:00:00.000Z to 2026-11-20T10:00:00.000Z'

  test('G-09: beside a running hub the hub notes it, and nothing is read where it does not', async () => {
    await (await record()).close()
    await start('{ days: 3650 }')
    edit('[]')
    const line = `replay --config edited.yaml ${period} --json --url`
    const done = await run(`${line} ${hub!.url}`)
    expect(done.err).toBe('')
    expect(JSON.parse(done.out)).toMatchObject({ tenants: [{ tenant: 'contoso', people: 1 }] })
    const looks = async () => (await ask('/audit?what=history.read')).body.entries
    const entries = await looks()
    const detail = `${lookedAt}; from 127.0.0.1`
    expect(entries).toMatchObject([{ about: '*', detail, who: expect.stringContaining('(boss)') }])

    const desk = await run(`${line} ${hub!.url}`, { HOOKSWITCH_TOKEN: 'desk-desk-desk-desk' })
    expect([desk.code, desk.out]).toEqual([77, ''])
    const nobody = await run(`${line} http://127.0.0.1:1`)
    expect(nobody).toMatchObject({ code: 69, out: '', err: expect.stringContaining('audit log') })
    expect(await looks()).toEqual(entries)
  })

  test('G-09: the unchanged rules differ nowhere', async () => {
    await (await record()).close()
    edit('[{ from: teams, to: pbx }, { from: pbx, to: teams }]')
    const { out } = await run(`replay --config edited.yaml ${period} --json`)
    const { tenants } = JSON.parse(out) as { tenants: Record<string, unknown>[] }
    expect(tenants[0]).toMatchObject({
      people: 1,
      rows: 5,
      skipped: 0,
      differences: [],
      blocked: [],
      unblocked: [],
    })
  })

  test('says what to do where there is no history', async () => {
    edit('[]')
    expect((await run(`replay --config edited.yaml ${period}`)).err).toMatch(/there is no such file/)
    await (await record()).close()
    const early = await run('replay --config edited.yaml --from 2026-10-01 --to 2026-10-02')
    expect(early).toMatchObject({
      code: 66,
      err: expect.stringMatching(/history.days of at least 1.*observeOnly/),
    })
    edit('[]', '{ days: 7, worksCouncil: true }')
    const council = await run('replay --config edited.yaml --from 2026-10-01 --to 2026-10-02')
    expect(council.err).toMatch(/Works council mode keeps no history/)
    expect((await run('replay --config edited.yaml --from 1h --to 2h')).code).toBe(64)
    expect((await run('replay --config edited.yaml --from noon')).code).toBe(64)
  })
})
