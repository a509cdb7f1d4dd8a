import { describe, expect, it } from 'vitest'
import { BUSY, DO_NOT_DISTURB, OFFLINE } from '../../src/core/presence.ts'
import { newPoint } from '../../src/core/presentity.ts'
import { isSignedOut } from '../../src/core/signed-out.ts'
import { readPresentity, writePresentity } from '../../src/engine/serialize.ts'
import { link } from '../support/points.ts'
import { DND, FREE, toPresence } from './pairs.ts'
import { Stage } from './why/stage.ts'

const settledMs = 20_000
const hourMs = 3_600_000
const show = (pair: string) => ({ kind: 'presence', state: toPresence(pair), chosen: 'yes' }) as const
const signedOut = { kind: 'presence', state: OFFLINE, chosen: 'yes', absent: 'signedOut' } as const

async function open(...links: Parameters<typeof link>[]): Promise<Stage> {
  const stage = new Stage({ links: links.map((each) => link(...each)) }, [])
  await stage.start(60_000)
  stage.crm.say(show(FREE))
  await stage.run(settledMs)
  return stage
}

function crmView(stage: Stage) {
  return stage.explain().person.systems.find(({ connector }) => connector === 'crm')
}

function phoneDnd(stage: Stage): boolean {
  return stage.phone.facets().some((facet) => facet.kind === 'dnd' && facet.on)
}

describe('a logout in the CRM', () => {
  it('MM-20: ends what the CRM said: a phone that rested on it rings again', async () => {
    const stage = await open(['crm', 'phone'])
    stage.crm.say(show(DND))
    await stage.run(settledMs)
    expect(phoneDnd(stage)).toBe(true)
    stage.crm.say(signedOut)
    await stage.run(settledMs)
    expect(phoneDnd(stage)).toBe(false)
    // Nothing is said of a person who has no other system: the CRM's last word is not held.
    expect(stage.explain().decisions.find(({ target }) => target === 'phone 1001')?.lost).toEqual([])
  })

  it('MM-21, MM-24: hands the CRM back, and the board and "why?" tell the person what that means', async () => {
    const stage = await open(['teams', 'crm'])
    stage.teams.choose(DND)
    await stage.run(settledMs)
    expect(stage.crm.facets()).toMatchObject([{ state: DO_NOT_DISTURB }])
    stage.crm.say(signedOut)
    await stage.run(settledMs)
    expect(crmView(stage)?.native).toMatchObject({ absent: 'signedOut', label: 'Signed out' })
    expect(crmView(stage)?.native?.note).toMatch(/missed calls are logged only where the hub keeps a history/)
    // Neither what was taken back in Teams nor a new choice is written to somebody who is not there.
    for (const pair of [undefined, 'busy/busy', DND]) {
      stage.teams.choose(pair)
      await stage.run(settledMs)
      expect(stage.crm.facets()).toEqual([signedOut])
    }
    expect(crmView(stage)?.targets[0]?.status).toBe('idle')
    const { signals } = stage.explain()
    expect(signals.find(({ connector }) => connector === 'crm')?.what).toBe('signed out')
    expect(stage.anna.presentity.points.flatMap(({ contributions }) => contributions ?? [])).toEqual([])
  })

  it('MM-24: tells the person there, once and at the moment it happens, and nobody who was out already', async () => {
    const stage = await open(['teams', 'crm'])
    stage.crm.say(signedOut)
    await stage.run(1000)
    expect(stage.crm.notices).toMatchObject([
      { address: 'anna', kind: 'signedOut', text: expect.stringMatching(/logged only where the hub keeps/) },
    ])
    expect(stage.crm.notices[0]!.text.length).toBeLessThanOrEqual(250)
    stage.crm.say(signedOut)
    await stage.run(settledMs)
    expect(stage.crm.notices).toHaveLength(1)
    stage.crm.say(show(FREE))
    await stage.run(settledMs)
    stage.crm.say(signedOut)
    await stage.run(1000)
    expect(stage.crm.notices).toHaveLength(2)
    expect(stage.teams.notices).toEqual([])

    const late = new Stage({ links: [link('teams', 'crm')] }, [])
    late.crm.say(signedOut)
    await late.start(60_000)
    expect(late.explain().person.systems.find(({ connector }) => connector === 'crm')?.native?.absent).toBe(
      'signedOut',
    )
    expect(late.crm.notices).toEqual([])
  })

  it("after the next sign-in the CRM is in step again, and its first status is nobody's choice", async () => {
    const stage = await open(['teams', 'crm'], ['crm', 'teams'])
    stage.crm.say(signedOut)
    await stage.run(settledMs)
    stage.teams.choose(DND)
    await stage.run(settledMs)
    stage.crm.say(show(FREE))
    await stage.run(settledMs)
    expect(stage.crm.facets()).toMatchObject([{ state: DO_NOT_DISTURB }])
    expect(stage.teams.shown()).toBe(DND)
    stage.crm.say(show(FREE))
    await stage.run(settledMs)
    expect(stage.teams.shown()).toBe(FREE)
  })

  it('outlives a restart of the hub', async () => {
    const stage = await open(['teams', 'crm'])
    stage.crm.say(signedOut)
    await stage.run(settledMs)
    const { presentity } = stage.anna
    const again = { ...presentity, points: presentity.points.map(newPoint) }
    readPresentity(again, writePresentity(presentity).body, stage.engine.now())
    expect(again.points.map(isSignedOut)).toEqual(presentity.points.map(isSignedOut))
    expect(again.points.filter(isSignedOut)).toHaveLength(1)
  })
})

describe('MM-23: long absence', () => {
  const rule = { signOutAfterMs: hourMs }

  it('signs the person out, once, unless they have used the CRM since', async () => {
    const stage = await open(['teams', 'crm', rule])
    stage.teams.set({ client: 'away/away' })
    await stage.run(hourMs - 1000)
    expect(stage.crm.facets()).toEqual([show(FREE)])
    await stage.run(10_000)
    expect(stage.crm.facets()).toMatchObject([{ state: OFFLINE, absent: 'signedOut' }])
    // Back at work, before Teams has noticed.
    stage.crm.say(show('busy/busy'))
    await stage.run(hourMs)
    expect(stage.crm.facets()).toMatchObject([{ state: BUSY }])
  })

  it('of less than that, or of a system that cannot be heard, signs nobody out', async () => {
    const stage = await open(['teams', 'crm', rule])
    stage.teams.set({ client: 'away/away' })
    await stage.run(hourMs / 2)
    stage.teams.set({ client: FREE })
    await stage.run(hourMs)
    stage.teams.set({ client: 'away/away' })
    await stage.run(hourMs / 2)
    stage.teams.cut()
    await stage.run(2 * hourMs)
    expect(stage.crm.facets()).toEqual([show(FREE)])
  })
})
