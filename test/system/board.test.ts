import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { activities } from '../../src/core/presence.ts'
import type { FakeHub } from './board-fake-hub.ts'
import { startFakeLab } from './board-fake-lab.ts'
import { inACall, phone, samplePeople, state, teams } from './board-people.ts'
import { line, setUpBoard } from './board-session.ts'

const { startHub, openPage, cleanUp } = setUpBoard()

const names = (page: Page) =>
  page.locator('[role=row][aria-rowindex] [role=gridcell]:first-child').allInnerTexts()

describe('the board', () => {
  let hub: FakeHub
  let page: Page
  const anna = () => samplePeople(Date.now())[0]!

  beforeEach(async () => {
    hub = await startHub()
    page = await openPage(hub)
    await line(page, 'Anna Lindqvist').waitFor()
  })

  it('MM-03: shows every state as an icon with its text', async () => {
    for (const label of [
      'In a call',
      'Do not disturb',
      'In a meeting',
      'Busy',
      'Be right back',
      'Presenting',
    ]) {
      const shown = page.getByRole('gridcell').filter({ hasText: label }).first()
      await shown.scrollIntoViewIfNeeded()
      expect(await shown.locator('svg').count(), label).toBeGreaterThan(0)
    }
  })

  it('MM-04..MM-09: gives every state a shape of its own, so that colour is never needed', async () => {
    const row = line(page, 'Anna')
    const shapes = new Map<string, string>()
    const states = [
      ...activities.map((activity) => state('unknown', activity, `It is ${activity}`)),
      state('unknown', 'unknown', 'Unknown', { absent: 'notEnabled' }),
      state('unknown', 'unknown', 'Unknown', { absent: 'notLicensed' }),
      state('offline', 'offline', 'Signed out', { absent: 'signedOut' }),
    ]
    for (const [index, shown] of states.entries()) {
      const label = shown.absent
        ? { notEnabled: 'Not enabled', notLicensed: 'No licence', signedOut: 'Signed out' }[shown.absent]
        : shown.label
      hub.put({ ...anna(), revision: 10 + index, state: shown })
      await row.getByText(label, { exact: true }).waitFor()
      shapes.set(label, await row.getByRole('gridcell').nth(1).locator('svg').first().innerHTML())
    }
    expect(shapes.size).toBe(activities.length + 3)
    expect(new Set(shapes.values()).size).toBe(shapes.size)
  })

  it('MM-08: tells unknown, not enabled, not licensed, offline and not reachable apart', async () => {
    const put = (absent: 'notEnabled' | 'notLicensed' | undefined, revision: number) =>
      hub.put({
        ...anna(),
        revision,
        systems: [
          teams(state('unknown', 'unknown', 'Unknown', absent ? { absent } : {})),
          phone('1001', state('offline', 'offline', 'Not registered')),
          phone('1002', inACall, { connector: 'far', title: 'Far phones', synced: false }),
        ],
      })
    const row = line(page, 'Anna Lindqvist')
    const pictures = new Set<string>()
    for (const [index, [absent, label]] of (
      [
        ['notEnabled', 'Not enabled'],
        ['notLicensed', 'No licence'],
        [undefined, 'Unknown'],
      ] as const
    ).entries()) {
      put(absent, 10 + index)
      await row.getByText(label).waitFor()
      pictures.add(await row.getByRole('gridcell').last().locator('svg').first().innerHTML())
    }
    await row.getByText('Not registered').waitFor()
    await row.getByText('Not reachable').waitFor()
    expect(await row.getByText('In a call').count(), 'a system that cannot be heard').toBe(0)
    for (const label of ['Not registered', 'Not reachable']) {
      const line = row.locator('span', { hasText: label }).locator('svg').first()
      pictures.add(await line.innerHTML())
    }
    expect(pictures.size).toBe(5)
  })

  it('MM-07, MM-10, MM-11: ringing and out of office stand beside the state, not instead of it', async () => {
    await expect(line(page, 'Carla').textContent()).resolves.toMatch(/Available\s+Ringing/)
    await expect(line(page, 'Farid').textContent()).resolves.toMatch(/Away\s+Out of office/)
    hub.put({ ...anna(), revision: 9, state: { ...state('busy', 'busy', 'Busy'), outOfOffice: true } })
    await line(page, 'Anna').getByText('Out of office').waitFor()
    await expect(line(page, 'Anna').textContent()).resolves.toMatch(/Busy\s+Out of office/)
  })

  it('shows a change by itself, and not an older one that comes late', async () => {
    hub.put({ ...anna(), revision: 7, state: inACall })
    await line(page, 'Anna').getByText('In a call').waitFor()
    hub.put({ ...anna(), revision: 6 })
    hub.put({ ...samplePeople(Date.now())[1]!, revision: 6, state: state('away', 'away', 'Away') })
    await line(page, 'Ben').getByText('Away').waitFor()
    await expect(line(page, 'Anna').getByText('In a call').count()).resolves.toBe(1)
  })

  it('says in words how far a target follows', async () => {
    for (const [name, words] of [
      ['Ben', 'We show “In a call” here.'],
      ['Ben', 'Hidden by our own call since 10:02.'],
      ['Emi Tanaka', 'something else is shown'],
      ['Greta', 'A person chose this; we leave it.'],
    ] as const) {
      await page.mouse.move(0, 0)
      await line(page, name).getByText('Microsoft Teams').hover()
      await page.getByRole('tooltip').filter({ hasText: words }).waitFor()
    }
  })

  it('shows what was written in the place of what the system would show by itself', async () => {
    const chip = (name: string) =>
      line(page, name).getByRole('gridcell').last().locator('span', { hasText: 'Microsoft Teams' }).first()
    await expect(chip('Ben').textContent()).resolves.toBe('In a callMicrosoft Teamsby itself Available')
    // Not where something else is shown all the same, nor before it was taken.
    await expect(chip('Emi Tanaka').textContent()).resolves.toBe('In a meetingIn a callMicrosoft Teams')
    const waiting = { address: 'x', slot: 'session', wanted: 'busy/inACall', status: 'pending' } as const
    hub.put({ ...anna(), revision: 7, systems: [{ ...anna().systems[0]!, targets: [waiting] }] })
    await expect.poll(() => chip('Anna').textContent()).toBe('AvailableIn a callMicrosoft Teams')
  })

  it('keeps the line in sight that was opened, though the panel narrows the list', async () => {
    const row = line(page, 'Kaori')
    await row.click()
    await page.getByRole('complementary', { name: /Kaori/ }).waitFor()
    const grid = page.getByRole('grid', { name: 'People' })
    await expect
      .poll(async () => {
        const [inner, outer] = [await row.boundingBox(), await grid.boundingBox()]
        return inner && outer && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height
      })
      .toBe(true)
  })

  it('searches names, addresses and extensions, and says when nobody matches', async () => {
    const search = page.getByRole('searchbox', { name: 'Search people' })
    await search.fill('1004')
    await expect.poll(() => names(page)).toEqual([expect.stringContaining('David Brandt')])
    await search.fill('kaori@')
    await expect.poll(() => names(page)).toEqual([expect.stringContaining('Kaori Sato')])
    await search.fill('zzz')
    await page.getByText('Nobody matches').waitFor()
    await page.getByRole('button', { name: 'Show everyone' }).click()
    await line(page, 'Anna').waitFor()
  })

  it('filters by state and by what needs attention', async () => {
    await page.getByRole('button', { name: 'Do not disturb 2' }).click()
    await expect.poll(() => names(page)).toHaveLength(2)
    await page.getByRole('button', { name: 'In a call 1' }).click()
    await expect.poll(() => names(page)).toHaveLength(3)
    await page.getByRole('button', { name: 'Do not disturb 2' }).click()
    await page.getByRole('button', { name: 'In a call 1' }).click()
    await page.getByRole('button', { name: 'Needs a look 3' }).click()
    await expect
      .poll(() => names(page))
      .toEqual(['Emi', 'Hugo', 'Kaori'].map((name) => expect.stringContaining(name)))
  })

  it('sorts by name, or the busy first', async () => {
    expect((await names(page))[0]).toContain('Anna')
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Busy first')
    await expect.poll(async () => (await names(page)).slice(0, 2).join()).toMatch(/Carla[\s\S]*Ben/)
    await page.getByRole('button', { name: 'Person' }).click()
    await expect.poll(async () => (await names(page))[0]).toContain('Anna')
  })

  it('names the connectors with their health, and people who could not be matched with the fix', async () => {
    await page.getByRole('button', { name: /Office phones.*trouble/ }).click()
    await page.getByText('The manager connection was closed by the PBX').waitFor()
    await page.getByText('Look whether Asterisk is running').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Microsoft Teams.*1 problem/ }).click()
    await page.getByText('leo@contoso.example').last().waitFor()
    await page.getByText('Correct the UPN in the configuration').waitFor()
    // A state that Microsoft has added since.
    await page.getByText('activity: Levitating').waitFor()
    await page.getByText(/Taken as Unknown; last at/).waitFor()
  })

  it('works from the keyboard: into the lines, along them, into the panel and back', async () => {
    await page.getByRole('searchbox', { name: 'Search people' }).focus()
    await page.getByRole('button', { name: 'Since' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Kaori Sato' }).waitFor()
    await expect.poll(() => focused(page)).toBe('Kaori Sato')
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Kaori Sato' }).waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toContain('kaori@contoso.example')
  })

  it('says when the connection is lost, and catches up with changes and leavers when it is back', async () => {
    await hub.down()
    await page.getByText('Connection to the hub lost.').waitFor()
    hub.put({ ...anna(), revision: 2, state: inACall })
    hub.remove('p-ben')
    await hub.up()
    await line(page, 'Anna').getByText('In a call').waitFor()
    await expect.poll(() => line(page, 'Ben Okafor').count()).toBe(0)
    await page.getByText('Connection to the hub lost.').waitFor({ state: 'detached' })
    await page.getByText('Live', { exact: true }).waitFor()
  })

  it('takes a person who was removed off the board', async () => {
    hub.remove('p-ben')
    await expect.poll(() => line(page, 'Ben Okafor').count()).toBe(0)
  })
})

const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.textContent)

describe('the "why?" panel', () => {
  it('tells signals with ages, decisions with winner and losers, and what was written', async () => {
    const page = await openPage(await startHub())
    await line(page, 'Ben Okafor').click()
    const panel = page.getByRole('complementary', { name: 'Ben Okafor' })
    await panel.getByText('The phone 1002 has a call that is answered.').first().waitFor()
    await panel.getByText('Why the other signal lost').first().click()
    await panel.getByText('This board').waitFor()
    await panel.getByText('a call is busier').waitFor()
    await panel.getByText('Call, talking, outbound, external').waitFor()
    await panel.getByText('Hidden by our own call since 10:02.').waitFor()
    await panel.getByText('Set In a call').waitFor()
    // Where nothing is asked for, once for all places.
    await expect(panel.getByText('Nothing to write').count()).resolves.toBe(1)
    await expect(panel.getByText('No source asks for anything.').count()).resolves.toBe(1)
    await panel.getByText('Call at 1002 answered.').waitFor()
    await expect(page.url()).toContain('#/person/contoso%2Fp-ben')
  })

  it('opens from a link to a person', async () => {
    const hub = await startHub()
    const page = await openPage({ ...hub, url: `${hub.url}/#/person/contoso%2Fp-emi` })
    await page.getByRole('heading', { name: 'Emi Tanaka' }).waitFor()
  })
})

describe('the lab controls', () => {
  it('call from the phone and see Teams follow and come back; press every other key', async () => {
    const person = samplePeople(Date.now())[0]!
    let hub: FakeHub | undefined
    const lab = await startFakeLab(person, (view) => hub?.put(view))
    cleanUp(() => lab.close())
    hub = await startHub({ labUrl: lab.url })
    const page = await openPage(hub)
    await line(page, 'Anna').click()
    const desk = page.getByRole('region', { name: 'Phone' })
    const inTeams = page.getByRole('region', { name: 'Teams', exact: true })
    await inTeams.getByText('Available', { exact: true }).waitFor()

    await desk.getByRole('button', { name: 'Call out' }).click()
    await inTeams.getByText('In a call', { exact: true }).waitFor()
    await line(page, 'Anna').getByText('In a call').first().waitFor()
    await desk.getByRole('button', { name: 'Hold' }).click()
    await desk.getByRole('button', { name: 'Resume' }).click()
    await desk.getByRole('button', { name: 'Hang up' }).click()
    await inTeams.getByText('Available', { exact: true }).waitFor()

    await desk.getByRole('button', { name: 'Incoming call' }).click()
    await line(page, 'Anna').getByText('Ringing').waitFor()
    await desk.getByRole('button', { name: 'Answer' }).click()
    await desk.getByRole('button', { name: 'Hang up' }).click()

    await desk.getByRole('switch', { name: 'Do not disturb' }).click()
    await inTeams.getByText('Do not disturb', { exact: true }).waitFor()
    await desk.getByRole('switch', { name: 'Do not disturb' }).click()
    await inTeams.getByRole('button', { name: 'Set status' }).click()
    await page.getByRole('menuitem', { name: 'Be right back' }).click()
    await inTeams.getByText('Be right back', { exact: true }).waitFor()
    await inTeams.getByRole('button', { name: 'Set status' }).click()
    await page.getByRole('menuitem', { name: 'Reset status' }).click()
    await inTeams.getByRole('button', { name: 'Start Teams call' }).click()
    await inTeams.getByRole('button', { name: 'End Teams call' }).click()
    await inTeams.getByRole('switch', { name: 'Out of office' }).click()
    await inTeams.getByText('Available, out of office').waitFor()
    await inTeams.getByRole('combobox', { name: 'Teams app' }).selectOption('Signed out')
    await inTeams.getByText('Offline').waitFor()
    await desk.getByRole('switch', { name: 'Registered' }).click()
    await desk.getByText('Not registered').waitFor()

    expect(lab.requests).toContain('POST /lab/phones/1001/hold {"on":true}')
    expect(lab.requests).toContain('PUT /lab/teams/anna@contoso.example/status {"status":null}')
    expect(lab.requests).toContain('PUT /lab/teams/anna@contoso.example/client {"state":null}')
  })

  it('are not offered where no lab stands behind the hub', async () => {
    const page = await openPage(await startHub())
    await line(page, 'Anna').click()
    await page.getByRole('heading', { name: 'What we wrote' }).waitFor()
    expect(await page.getByRole('tab').count()).toBe(0)
    expect(await page.getByText('This is a demo').count()).toBe(0)
  })
})

describe('sign-in', () => {
  it('asks for a token where the hub wants one, says when it is refused, and then shows the board', async () => {
    const page = await openPage(await startHub({ token: 'a-long-secret' }), { quiet: ['401'] })
    await page.getByRole('textbox', { name: 'API token' }).fill('wrong')
    await page.getByRole('button', { name: 'Show the board' }).click()
    await page.getByText('The hub refused this token.').waitFor()
    await page.getByRole('textbox', { name: 'API token' }).fill('a-long-secret')
    await page.getByRole('button', { name: 'Show the board' }).click()
    await line(page, 'Anna').waitFor()
  })
})
