import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { scriptPast } from './board-past.ts'
import { samplePeople } from './board-people.ts'
import { line, setUpBoard } from './board-session.ts'

const { startHub, openPage } = setUpBoard()

const dayMs = 86_400_000
const minuteMs = 60_000

/** As the field of the page wants it, in the time of the machine that both run on. */
function fieldText(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * minuteMs).toISOString().slice(0, 19)
}

async function openAnna() {
  const now = Date.now()
  const history = scriptPast(samplePeople(now), now - dayMs)
  const page = await openPage(await startHub({ history }), { quiet: ['404'] })
  await line(page, 'Anna').click()
  const choose = async (at: number) => {
    await page.getByLabel('Moment').fill(fieldText(at))
  }
  return { now, history, page, choose }
}

const panel = (page: Page) => page.getByRole('complementary', { name: /Anna/ })

describe('"why?" at an earlier moment', () => {
  it('G-09: is asked for once, told as it was then, and left again', async () => {
    const { now, history, page, choose } = await openAnna()
    await page.getByRole('button', { name: 'At an earlier moment' }).click()
    const then = Math.floor(now / 1000) * 1000 - 3 * 3_600_000
    await choose(then)
    await page.getByText('Each look at the past is noted in the audit log.').waitFor()
    expect(history.looks).toEqual([])
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByText(/^As it was at .*\d\d:\d\d:\d\d\. This look is in the audit log\.$/).waitFor()
    await panel(page).getByText('Away', { exact: true }).first().waitFor()
    await page.getByRole('heading', { name: 'What we wrote' }).waitFor()
    expect(history.looks).toEqual([then])
    await page.getByRole('button', { name: 'Back to now' }).click()
    await page.getByRole('button', { name: 'At an earlier moment' }).waitFor()
    expect(await page.getByText(/^As it was at/).count()).toBe(0)
    expect(history.looks).toEqual([then])
  })

  it('G-09: a moment that cannot be told is not asked for, and what the hub says of one is shown', async () => {
    const { now, history, page, choose } = await openAnna()
    await page.getByRole('button', { name: 'At an earlier moment' }).click()
    for (const at of [now + dayMs, now - 2 * dayMs]) {
      await choose(at)
      await page.getByText(/^Choose a moment between .* and now\.$/).waitFor()
      expect(await page.getByRole('button', { name: 'Show' }).isDisabled()).toBe(true)
    }
    await choose(now - dayMs + 30_000)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByText('Nothing is kept of that time: history begins later.').waitFor()
    expect(history.looks).toHaveLength(1)
  })

  it('G-11: is not offered where the tenant keeps no history', async () => {
    const page = await openPage(await startHub())
    await line(page, 'Anna').click()
    await page.getByRole('heading', { name: 'What we wrote' }).waitFor()
    expect(await page.getByRole('button', { name: 'At an earlier moment' }).count()).toBe(0)
  })

  it('G-09: somebody else begins with now', async () => {
    const { now, page, choose } = await openAnna()
    await page.getByRole('button', { name: 'At an earlier moment' }).click()
    await choose(now - 3_600_000)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByText(/^As it was at/).waitFor()
    await line(page, 'Ben').click()
    await page.getByRole('button', { name: 'At an earlier moment' }).waitFor()
    expect(await page.getByText(/^As it was at/).count()).toBe(0)
  })
})
