import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { seriousFindings, sidewaysScroll } from './board-browser.ts'
import type { FakeHubOptions } from './board-fake-hub.ts'
import { samplePeople } from './board-people.ts'
import { line, setUpBoard } from './board-session.ts'
import { sampleHealth } from './health-sample.ts'
import { sampleAlerts, sampleAudit, sampleLatency } from './portal-people.ts'

const { startHub, openPage } = setUpBoard()

function everything(): Partial<FakeHubOptions> {
  const now = Date.now()
  const people = samplePeople(now)
  return {
    ...{ people, history: sampleAudit(people, now), alerts: sampleAlerts(now) },
    ...{ latency: sampleLatency(), health: sampleHealth(now) },
  }
}

const go = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

describe('the frame', () => {
  it('leads to the pages, names the window after them, moves the focus to their heading, and goes back', async () => {
    const page = await openPage(await startHub(everything()))
    await line(page, 'Anna').waitFor()
    expect(await page.title()).toBe('Board · Hookswitch')
    await go(page, 'Health')
    await page.getByRole('heading', { name: 'What is wrong now' }).waitFor()
    expect(await page.title()).toBe('Health · Hookswitch')
    await expect.poll(() => focused(page)).toBe('Health')
    await go(page, 'Account')
    await page.getByText('This hub has no accounts').waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'What is wrong now' }).waitFor()
    await page.goBack()
    await line(page, 'Anna').waitFor()
  })

  it('skips to the content by the first press of Tab, and leaves the address as it is', async () => {
    const page = await openPage(await startHub(everything()))
    await line(page, 'Anna').waitFor()
    await page.keyboard.press('Tab')
    await expect.poll(() => focused(page)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    expect(new URL(page.url()).hash).toBe('')
  })

  it('does not offer the audit log where the hub keeps none', async () => {
    const page = await openPage(await startHub())
    await page.getByRole('button', { name: /Office phones/ }).waitFor()
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0)
  })

  it('does not offer it to a token that may not read it either, whatever the address says', async () => {
    const hub = await startHub({ ...everything(), token: 'a-long-secret', scopes: ['read'] })
    const page = await openPage({ ...hub, url: `${hub.url}/#/audit` }, { quiet: ['401', '403'] })
    await page.getByRole('textbox', { name: 'API token' }).fill('a-long-secret')
    await page.getByRole('button', { name: 'Show the board' }).click()
    await line(page, 'Anna').waitFor()
    await page.getByRole('button', { name: /Office phones/ }).waitFor()
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0)
  })
})

describe('the pages', () => {
  it('health tells what is wrong with what to do, every system, latencies and unknown words', async () => {
    const page = await openPage(await startHub(everything()))
    await go(page, 'Health')
    await page.getByText('Office phones cannot be reached').waitFor()
    await page.getByText('Look whether Asterisk is running.').first().waitFor()
    await page.getByRole('row', { name: /Levitating .* activity Unknown 214 times/ }).waitFor()
    await page.getByText('slower than promised: 2 s').waitFor()
    await page.getByRole('img', { name: /over teams to pbx\. .*until written: half within/ }).waitFor()
    await page.getByText('The figures as a table').last().click()
    const table = page.getByRole('table', { name: /teams to pbx/ })
    await table.getByRole('row', { name: /In all, until written 14/ }).waitFor()
    await page.getByText('Nobody else changes what we write.').waitFor()
    await page.getByText('The server refused the sender.').waitFor()
  })

  it('health tells how each system works: its budget, what waits, what it is told by and signed in with, repairs', async () => {
    const page = await openPage(await startHub(everything()))
    await go(page, 'Health')
    const teams = page.getByRole('article').filter({ hasText: 'Microsoft Teams' })
    await teams.getByText('471 of 600 in 30 s').waitFor()
    await teams.getByText(/fewer were asked for since .* to wait 61 s; nothing is sent until/).waitFor()
    await teams.getByText(/Writes put off until later: 4, the first since/).waitFor()
    await teams.getByText('The client secret is wrong.').waitFor()
    await teams.getByText(/Secret \(clientSecret\) ends/).waitFor()
    const phones = page.getByRole('article').filter({ hasText: 'Office phones' })
    await phones.getByText(/dialog: 12 in force; the first ends at .*renewed 40 times; last heard/).waitFor()
    const top = page.getByRole('region', { name: 'What is wrong now' })
    await top.getByText('Office phones does not tell everything by itself (presence).').waitFor()
    await top.getByText(/The token of Microsoft Teams cannot be renewed\. It ends at/).waitFor()
    await page.getByText('Microsoft Teams: Had vanished, written again, 2 times').waitFor()
    await page.getByRole('row', { name: /Anna Lindqvist Microsoft Teams Had vanished/ }).waitFor()
    await page.getByText(/The hub: People waiting to be worked out: 3/).waitFor()
  })

  it('health says in words that a part cannot be read', async () => {
    const page = await openPage(await startHub(everything()), { quiet: ['503'] })
    await page.route(/\/api\/v1\/latency/, (route) => route.fulfill({ status: 503, body: 'x' }))
    await go(page, 'Health')
    await page.getByText('This could not be read. The hub answered with status 503.').waitFor()
    await page.getByText('Office phones cannot be reached').waitFor()
  })

  it('audit filters, turns pages, and says when nothing fits', async () => {
    const page = await openPage(await startHub(everything()))
    await go(page, 'Audit')
    const entries = page.getByRole('region', { name: 'Audit' }).getByRole('listitem')
    await expect.poll(() => entries.count()).toBe(50)
    await page.getByRole('button', { name: 'Show older entries' }).click()
    await expect.poll(() => entries.count()).toBe(60)
    await page.getByLabel('What').selectOption('Took back what was written')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect.poll(() => entries.count()).toBe(12)
    await entries.first().getByText('Everyone').waitFor()
    await page.getByLabel('Who', { exact: true }).fill('nobody')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByText('No entry fits these filters.').waitFor()
  })

  it.each(['light', 'dark', 'contrast'] as const)(
    'have no serious accessibility finding and no sideways scroll at 360 pixels (%s)',
    async (theme) => {
      const page = await openPage(await startHub(everything()), { theme, width: 360, height: 740 })
      for (const [name, sign] of [
        ['Health', 'The server refused the sender.'],
        ['Audit', 'Show older entries'],
        ['Account', 'How it looks'],
        ['Board', 'Anna Lindqvist'],
      ] as const) {
        await go(page, name)
        await page.getByText(sign).first().waitFor()
        expect(await seriousFindings(page), name).toEqual([])
        expect(await sidewaysScroll(page), name).toBe(0)
      }
    },
  )
})
