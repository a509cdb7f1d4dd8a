import { expect, it } from 'vitest'
import { manyPeople } from './board-people.ts'
import { line, setUpBoard } from './board-session.ts'

const { startHub, openPage } = setUpBoard()

it('10,000 people scroll from end to end, with groups too, while never more than a window full is drawn', async () => {
  const page = await openPage(await startHub({ people: manyPeople(10_000, Date.now()) }))
  await line(page, 'Person 00000').waitFor()
  await page.getByRole('combobox', { name: 'Groups' }).selectOption('By system')
  await page.getByText('Microsoft Teams, 10000 people').waitFor()
  const { most, empty, steps } = await page.evaluate(async () => {
    const grid = document.querySelector<HTMLElement>('[role=grid]')!
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    let most = 0
    let empty = 0
    const steps = 60
    for (let step = 1; step <= steps; step++) {
      grid.scrollTop = (grid.scrollHeight / steps) * step
      // One to hear of it, one to draw it, one to measure what was drawn.
      for (let wait = 0; wait < 3; wait++) await frame()
      most = Math.max(most, document.querySelectorAll('*').length)
      const { top, bottom } = grid.getBoundingClientRect()
      const seen = [...grid.querySelectorAll('[data-key]')].some((row) => {
        const box = row.getBoundingClientRect()
        return box.top < bottom && box.bottom > top
      })
      if (!seen) empty += 1
    }
    return { most, empty, steps }
  })
  expect(most).toBeLessThan(4_000)
  expect({ empty, steps }).toEqual({ empty: 0, steps: 60 })
})
