import { describe, expect, it } from 'vitest'
import { seriousFindings } from './board-browser.ts'
import { inACall, manyPeople, samplePeople } from './board-people.ts'
import { line, setUpBoard } from './board-session.ts'

const { startHub, openPage } = setUpBoard()

describe('groups', () => {
  it('stand by tenant, and by system with a person under each of theirs; keys pass over their heads', async () => {
    const people = samplePeople(Date.now()).map((one, index) =>
      index < 3 ? { ...one, tenant: 'fabrikam', upn: one.upn.replace('contoso', 'fabrikam') } : one,
    )
    const page = await openPage(await startHub({ people }))
    await page.getByRole('combobox', { name: 'Groups' }).selectOption('By tenant')
    await page.getByText('contoso, 9 people').waitFor()
    await page.getByText('fabrikam, 3 people').waitFor()
    await page.getByRole('button', { name: 'Since' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('End')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Carla')
    await page.getByRole('combobox', { name: 'Tenant' }).selectOption('fabrikam')
    await page.getByRole('combobox', { name: 'Groups' }).selectOption('By system')
    await page.getByText('Microsoft Teams, 3 people').waitFor()
    await page.getByText('Office phones, 3 people').waitFor()
    expect(await line(page, 'Anna').count()).toBe(2)
    expect(await seriousFindings(page)).toEqual([])
  })
})

describe('favourites', () => {
  it('are made with the F key or the star, kept by the browser, and shown alone', async () => {
    const page = await openPage(await startHub())
    await line(page, 'Anna').waitFor()
    await page.getByRole('button', { name: 'Since' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('f')
    await line(page, 'Anna').getByRole('button', { name: 'No longer a favourite' }).waitFor()
    await line(page, 'Ben').getByRole('button', { name: 'Make a favourite' }).click()
    // The star is not the line: nobody's panel opens.
    expect(await page.getByRole('complementary', { name: 'Ben Okafor' }).count()).toBe(0)
    await page.reload()
    await page.getByRole('button', { name: 'Favourites 2' }).click()
    await expect.poll(() => page.getByRole('row').count()).toBe(3)
  })
})

describe('the wallboard', () => {
  it('shows whom its address names, big and alone, is live, and is left by its one button', async () => {
    const hub = await startHub()
    const page = await openPage(hub)
    await page.getByRole('button', { name: 'In a call 1' }).click()
    await page.getByRole('button', { name: 'Wallboard with these filters' }).click()
    const tiles = page.getByRole('listitem')
    await expect.poll(() => tiles.allInnerTexts()).toEqual([expect.stringContaining('Ben Okafor')])
    expect(new URL(page.url()).hash).toBe('#/wall?state=call')
    expect(await page.getByRole('navigation').count()).toBe(0)
    hub.put({ ...samplePeople(Date.now())[0]!, revision: 5, state: inACall })
    await tiles.filter({ hasText: 'Anna Lindqvist' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Leave the wallboard' }).click()
    await line(page, 'Ben').waitFor()
  })

  it('draws a window full of 10,000 people, and says which part it is', async () => {
    const hub = await startHub({ people: manyPeople(10_000, Date.now()) })
    const page = await openPage({ ...hub, url: `${hub.url}/#/wall` })
    await page.getByText(/^1 of \d+$/).waitFor()
    expect(await page.getByRole('listitem').count()).toBeLessThan(40)
  })
})
