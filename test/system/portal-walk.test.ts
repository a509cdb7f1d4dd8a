import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriousFindings, sidewaysScroll } from './board-browser.ts'
import { awaitView, type PortalView, portalViews } from './portal-views.ts'
import { type PortalWorld, startPortalWorld } from './portal-world.ts'

const busyMachineMs = 300_000
const themes = ['light', 'dark'] as const
let world: PortalWorld
let views: readonly PortalView[]

beforeAll(async () => {
  world = await startPortalWorld()
  views = portalViews(world.setUpLink)
}, busyMachineMs)
afterAll(() => world?.stop())

/** Each of them in one window, as somebody goes through them; closing it tells of what the console said and who was asked. */
async function walk(passed: readonly PortalView[], theme: (typeof themes)[number]): Promise<void> {
  const nobody = passed.every((view) => view.nobody) && ({ nobody: true } as const)
  const { page, close } = await world.open('/favicon.ico', { theme, ...nobody })
  const found: string[] = []
  for (const view of passed) {
    await page.goto(new URL(view.address, page.url()).href)
    await awaitView(page, view)
    for (const finding of await seriousFindings(page)) found.push(`${view.name}: ${finding}`)
    if ((await sidewaysScroll(page)) > 0) found.push(`${view.name}: scrolls sideways`)
  }
  await close()
  expect(found).toEqual([])
}

test(
  'the link for the first account, in both themes: nothing serious, no console error, no request to elsewhere',
  async () => {
    for (const theme of themes)
      await walk(
        views.filter(({ first }) => first),
        theme,
      )
    await world.createAccount()
  },
  busyMachineMs,
)

test.each(themes)(
  'every page (%s): no serious accessibility finding, no console error, no request to elsewhere',
  async (theme) => {
    await walk(
      views.filter(({ nobody, first }) => nobody && !first),
      theme,
    )
    await walk(
      views.filter(({ nobody }) => !nobody),
      theme,
    )
  },
  busyMachineMs,
)

/** What somebody is to press or fill in, and is beyond the edge of the window, where nothing scrolls. */
const cutOff = () =>
  [...document.querySelectorAll('main :is(input, select, textarea, button, a)')]
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    // Tabs, wide tables and the chips of states scroll in a line of their own.
    .filter((one) => !one.closest('[role=tablist], [tabindex="0"], [aria-pressed]'))
    .map((one) => one.outerHTML.slice(0, 200))

test(
  'at 360 pixels nothing that is to be pressed or filled in is cut off',
  async () => {
    const { page, close } = await world.open('/favicon.ico', { width: 360, height: 740 })
    const found: string[] = []
    for (const view of views.filter(({ nobody }) => !nobody)) {
      await page.goto(new URL(view.address, page.url()).href)
      await awaitView(page, view)
      for (const one of await page.evaluate(cutOff)) found.push(`${view.name}: ${one}`)
    }
    await close()
    expect(found).toEqual([])
  },
  busyMachineMs,
)

test('a line of the board under the pointer can be read in high contrast', async () => {
  const { page, close } = await world.open('/', { theme: 'contrast' })
  await page.getByRole('row', { name: /Chiara Moretti/ }).hover()
  expect(await seriousFindings(page)).toEqual([])
  await close()
})

/** Contrast of what is in the element with its ground (WCAG 2.2, "contrast ratio"): its words, and its icon. */
const contrasts = (element: Element) => {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const isClear = (one: Element) => /^rgba.*, 0\)$/.test(getComputedStyle(one).backgroundColor)
  let ground = element
  while (isClear(ground) && ground.parentElement) ground = ground.parentElement
  const behind = light(getComputedStyle(ground).backgroundColor)
  return [element, element.querySelector('svg')!].map((one) => {
    const [low = 0, high = 0] = [behind, light(getComputedStyle(one).color)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  })
}

test('a place of the navigation under the pointer can be read in high contrast, that of the page itself too', async () => {
  const { page, close } = await world.open('/', { theme: 'contrast' })
  const rail = page.getByRole('navigation', { name: 'Pages' })
  await rail.getByRole('link', { name: 'Settings' }).waitFor()
  for (const name of ['Board', 'Settings']) {
    const place = rail.getByRole('link', { name })
    await place.hover()
    expect(await seriousFindings(page)).toEqual([])
    for (const contrast of await place.evaluate(contrasts)) expect(contrast).toBeGreaterThanOrEqual(4.5)
  }
  await close()
})

test('the walk leaves out no page of the navigation', async () => {
  const { page, close } = await world.open('/')
  const rail = page.getByRole('navigation', { name: 'Pages' })
  await rail.getByRole('link', { name: 'Settings' }).waitFor()
  const addresses = await rail
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  await close()
  const pageOf = (address: string) => /#\/([^/?]*)/.exec(address)?.[1] ?? ''
  const walked = new Set(views.map(({ address }) => pageOf(address)))
  expect(addresses.map((address) => pageOf(address ?? '')).filter((page) => !walked.has(page))).toEqual([])
})
