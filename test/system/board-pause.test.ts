import { describe, expect, it } from 'vitest'
import { line, setUpBoard } from './board-session.ts'

const { startHub, openPage } = setUpBoard()

describe("a person's pause", () => {
  it('is set for an hour in the panel, shown with its end, and ended there', async () => {
    const page = await openPage(await startHub())
    await line(page, 'Anna').click()
    await page.getByRole('button', { name: 'Pause sync' }).click()
    await page.getByRole('menuitem', { name: 'For an hour' }).click()
    await page.getByText(/^Sync is paused until .*\d\d:\d\d\.$/).waitFor()
    expect(await page.getByRole('button', { name: 'Pause sync' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Switch on' }).click()
    await page.getByRole('button', { name: 'Pause sync' }).waitFor()
    expect(await page.getByText('Sync is paused').count()).toBe(0)
  })

  it('without an end says so', async () => {
    const page = await openPage(await startHub())
    await line(page, 'Ben').click()
    await page.getByRole('button', { name: 'Pause sync' }).click()
    await page.getByRole('menuitem', { name: 'Until switched on' }).click()
    await page.getByText('Sync is paused until it is switched on.').waitFor()
  })

  it('that the hub refuses is told in its words', async () => {
    const page = await openPage(await startHub(), { quiet: ['503'] })
    const detail = 'The pause could not be stored.'
    await page.route(/\/pause/, (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', json: { title: 'x', detail } }),
    )
    await line(page, 'Anna').click()
    await page.getByRole('button', { name: 'Pause sync' }).click()
    await page.getByRole('menuitem', { name: 'For an hour' }).click()
    await page.getByText(detail).waitFor()
  })
})
