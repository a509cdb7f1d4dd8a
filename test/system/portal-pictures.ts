/**
 * Draws every page of the portal from a real hub beside the lab: `npm run pictures -- FOLDER [VIEW ...]`.
 * Light, dark, high contrast and German at 1280 pixels, light at the 360 of a telephone. Without a folder those of the
 * documentation, to docs/images. Says what complained, and then fails.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stageAgents } from './agent-scene.ts'
import { openBrowser, type PageOptions } from './board-browser.ts'
import { awaitView, type PortalView, portalViews } from './portal-views.ts'
import { type PortalWorld, startPortalWorld } from './portal-world.ts'
import { startSalesforceHub } from './salesforce-hub.ts'

const [, , asked, ...only] = process.argv
const folder = asked ?? fileURLToPath(new URL('../../docs/images', import.meta.url))
const troubles: string[] = []

const wide = { width: 1280, height: 800 } as const
const looks = {
  light: { ...wide, theme: 'light' },
  dark: { ...wide, theme: 'dark' },
  contrast: { ...wide, theme: 'contrast' },
  german: { ...wide, theme: 'light', locale: 'de-DE' },
  telephone: { theme: 'light', width: 360, height: 740 },
} as const satisfies Readonly<Record<string, PageOptions>>
type Look = keyof typeof looks

/** What README and guide show. */
const documented: Readonly<Record<string, readonly Look[]>> = {
  board: ['light', 'telephone'],
  why: ['light'],
  person: ['light'],
  wall: ['dark'],
  people: ['light'],
  links: ['light'],
  health: ['light'],
  fleet: ['light'],
  audit: ['light'],
  'set-up': ['light'],
  me: ['light'],
  account: ['light'],
}

const looksOf = ({ name }: PortalView): readonly Look[] =>
  asked === undefined ? (documented[name] ?? []) : (Object.keys(looks) as Look[])

async function draw(world: PortalWorld, view: PortalView): Promise<void> {
  for (const look of looksOf(view)) {
    const { page, close } = await world.open('/favicon.ico', {
      ...looks[look],
      ...(view.nobody && { nobody: true }),
    })
    const name = `${view.name}-${look}`
    try {
      // The lamp's hint is for the first visit.
      await page.evaluate(() => localStorage.setItem('hookswitch.hint', 'seen'))
      await page.goto(new URL(view.address, page.url()).href)
      // What a view is known by is English.
      if (look === 'german') await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => {})
      else await awaitView(page, view)
    } catch (error) {
      troubles.push(`${name}: ${String(error)}`)
    }
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
    await close().catch((error: unknown) => troubles.push(`${name}: ${String(error)}`))
  }
}

async function drawPortal(): Promise<void> {
  const world = await startPortalWorld()
  try {
    const views = portalViews(world.setUpLink).filter(({ name }) => only.length === 0 || only.includes(name))
    for (const view of views.filter(({ first }) => first)) await draw(world, view)
    await world.createAccount()
    for (const view of views.filter(({ first }) => !first)) await draw(world, view)
  } finally {
    await world.stop()
  }
}

/** The board of agents with Teams, 3CX and Salesforce of the lab. */
async function drawAgents(): Promise<void> {
  const agents = await startSalesforceHub('salesforce')
  const browser = await openBrowser()
  try {
    await stageAgents(agents)
    const { page, close } = await browser.open(agents.hub().url, { ...looks.light, height: 480 })
    await page.getByRole('row').filter({ hasText: 'Keller' }).waitFor()
    await page.screenshot({ path: join(folder, 'agents-light.png'), animations: 'disabled' })
    await close()
  } finally {
    await browser.close()
    await agents.stop()
  }
}

await mkdir(folder, { recursive: true })
await drawPortal()
if (only.length === 0) await drawAgents()
for (const trouble of troubles) console.error(trouble)
process.exitCode = troubles.length > 0 ? 1 : 0
