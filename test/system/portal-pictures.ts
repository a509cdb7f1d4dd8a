/**
 * Draws every page of the portal from a real hub beside the lab: `npm run pictures -- FOLDER [VIEW ...]`.
 * Light and dark at 1280 pixels, light at the 360 of a telephone. Says what complained, and then fails.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { awaitView, type PortalView, portalViews } from './portal-views.ts'
import { startPortalWorld } from './portal-world.ts'

const [, , folder = 'dist/pictures', ...only] = process.argv
await mkdir(folder, { recursive: true })
const world = await startPortalWorld()
const troubles: string[] = []

const looks = [
  ['light', { theme: 'light', width: 1280, height: 800 }],
  ['dark', { theme: 'dark', width: 1280, height: 800 }],
  ['telephone', { theme: 'light', width: 360, height: 740 }],
] as const

async function draw(view: PortalView): Promise<void> {
  for (const [look, options] of looks) {
    const { page, close } = await world.open('/favicon.ico', {
      ...options,
      ...(view.nobody && { nobody: true }),
    })
    const name = `${view.name}-${look}`
    try {
      // The lamp's hint is for the first visit.
      await page.evaluate(() => localStorage.setItem('hookswitch.hint', 'seen'))
      await page.goto(new URL(view.address, page.url()).href)
      await awaitView(page, view)
    } catch (error) {
      troubles.push(`${name}: ${String(error)}`)
    }
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
    await close().catch((error: unknown) => troubles.push(`${name}: ${String(error)}`))
  }
}

try {
  const views = portalViews(world.setUpLink).filter(({ name }) => only.length === 0 || only.includes(name))
  for (const view of views.filter(({ first }) => first)) await draw(view)
  await world.createAccount()
  for (const view of views.filter(({ first }) => !first)) await draw(view)
} finally {
  await world.stop()
}
for (const trouble of troubles) console.error(trouble)
process.exitCode = troubles.length > 0 ? 1 : 0
