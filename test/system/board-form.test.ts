import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { seriousFindings, sidewaysScroll } from './board-browser.ts'
import { startFakeLab } from './board-fake-lab.ts'
import { inACall, manyPeople, samplePeople } from './board-people.ts'
import { line, setUpBoard } from './board-session.ts'

const { files, startHub, openPage, cleanUp } = setUpBoard()

/** In the page: until what a change of size brings about is drawn. */
async function settle(): Promise<void> {
  for (let frames = 0; frames < 10; frames++) await new Promise(requestAnimationFrame)
}

/** The whole line of the person. */
async function isInSight(page: Page, name: string): Promise<boolean> {
  const grid = page.getByRole('grid', { name: 'People' })
  const [inner, outer] = [await line(page, name).boundingBox(), await grid.boundingBox()]
  return !!inner && !!outer && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height + 1
}

describe('size and form', () => {
  it('is at most 250 kB compressed at the first load', async () => {
    const page = await readFile(join(files(), 'index.html'), 'utf8')
    const parts = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, path]) => join(files(), path!))
    const sizes = await Promise.all(parts.map(async (part) => gzipSync(await readFile(part)).length))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000)
  })

  it('draws only what can be seen of 10,000 people, and takes a burst of 2,000 changes', async () => {
    const people = manyPeople(10_000, Date.now())
    const hub = await startHub({ people })
    const page = await openPage(hub)
    await line(page, 'Person 00000').waitFor()
    expect(await page.getByRole('row').count()).toBeLessThan(40)
    for (const person of people.slice(0, 2_000)) hub.put({ ...person, revision: 2, state: inACall })
    await line(page, 'Person 00000').getByText('In a call').first().waitFor()
    await line(page, 'Person 00000').click()
    await page.keyboard.press('End')
    await line(page, 'Person 09999').waitFor()
    await page.getByRole('searchbox', { name: 'Search people' }).fill('person4321@')
    await line(page, 'Person 04321').waitFor()
  })

  it('leaves the list where somebody has gone since they opened a line, though the panel comes late', async () => {
    const hub = await startHub({ people: manyPeople(1_000, Date.now()) })
    const page = await openPage(hub)
    let letIn = () => {}
    const late = new Promise<void>((resolve) => {
      letIn = resolve
    })
    await page.route(/person-panel/, async (route) => {
      await late
      await route.continue()
    })
    await line(page, 'Person 00000').click()
    await page.keyboard.press('End')
    await line(page, 'Person 00999').waitFor()
    letIn()
    await page.getByRole('complementary', { name: /Person 00000/ }).waitFor()
    await page.evaluate(settle)
    await expect.poll(() => isInSight(page, 'Person 00999')).toBe(true)
    expect(await line(page, 'Person 00000').count()).toBe(0)
    // By hand, no line is followed.
    await line(page, 'Person 00999').hover()
    await page.mouse.wheel(0, -5_000)
    await line(page, 'Person 00999').waitFor({ state: 'detached' })
    await page.setViewportSize({ width: 1000, height: 800 })
    await page.evaluate(settle)
    expect(await line(page, 'Person 00000').or(line(page, 'Person 00999')).count()).toBe(0)
  })

  it.each([
    [1280, 800],
    [820, 1000],
    [390, 844],
    [360, 640],
  ])('fits %i x %i without a sideways scroll, the panel as well', async (width, height) => {
    const page = await openPage(await startHub(), { width, height })
    await line(page, 'Anna').waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
    await line(page, 'Ben').click()
    await page.getByRole('heading', { name: 'What we wrote' }).waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
  })

  it.each(['light', 'dark', 'contrast'] as const)(
    'has no serious accessibility finding (%s)',
    async (theme) => {
      const person = samplePeople(Date.now())[0]!
      const lab = await startFakeLab(person, () => {})
      cleanUp(() => lab.close())
      const page = await openPage(await startHub({ labUrl: lab.url }), { theme })
      await line(page, 'Anna').click()
      await page.getByRole('region', { name: 'Teams', exact: true }).waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await page.getByRole('tab', { name: 'Why?' }).click()
      await page.getByRole('heading', { name: 'What we wrote' }).waitFor()
      expect(await seriousFindings(page)).toEqual([])
    },
  )

  it('offers to load the page again when a part of it is gone', async () => {
    const page = await openPage(await startHub(), { quiet: ['person-panel', 'dynamically imported'] })
    await page.route(/person-panel/, (route) => route.abort())
    await line(page, 'Anna').click()
    await page.getByRole('button', { name: 'Load it again' }).waitFor()
  })

  it('keeps the theme that was chosen', async () => {
    const page = await openPage(await startHub())
    const paper = () =>
      page.evaluate(
        () => getComputedStyle(document.querySelector('main')!.parentElement!.parentElement!).backgroundColor,
      )
    const light = await paper()
    await page.getByRole('button', { name: 'Colours' }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await expect.poll(paper).not.toBe(light)
    await page.reload()
    await line(page, 'Anna').waitFor()
    expect(await paper()).not.toBe(light)
  })
})
