import { expect, it } from 'vitest'
import { line, setUpBoard } from './board-session.ts'

const { startHub, openPage } = setUpBoard()

it('speaks the language of the browser, or the one that was chosen, which it keeps', async () => {
  const page = await openPage(await startHub(), { locale: 'de-DE' })
  await line(page, 'Anna').getByText('Verfügbar').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
  await line(page, 'Ben').click()
  await page.getByRole('heading', { name: 'Was wir geschrieben haben' }).waitFor()
  await page.getByText('Die Begründungen stammen vom Hub').waitFor()
  await page.getByRole('button', { name: 'Sprache' }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'What we wrote' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  await page.reload()
  await line(page, 'Anna').getByText('Available').first().waitFor()
})
