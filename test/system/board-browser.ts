import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium, type Frame, type Page } from 'playwright-core'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const chromiumPath = process.env.HOOKSWITCH_CHROMIUM ?? '/usr/bin/chromium'

/** Builds web/ as the package does, only to another place. */
export async function buildBoard(outDir: string): Promise<void> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  // A process of its own, because the tests' NODE_ENV would put React's development build in.
  const { NODE_ENV: _, ...env } = process.env
  await run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'web', '--outDir', outDir], {
    cwd: root,
    env,
  })
}

export interface PageOptions {
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark' | 'contrast'
  /** Of the browser, BCP 47; `en-US` unless told. */
  readonly locale?: string
  /** Console errors with one of these words are expected. */
  readonly quiet?: readonly string[]
  /** Of a session at the hub, as `name=value`. */
  readonly cookie?: string
  /** Of the API, as if it had been typed into the page before. */
  readonly token?: string
  /** Origins where the page may go as well. */
  readonly elsewhere?: readonly string[]
}

export interface BoardBrowser {
  open(url: string, options?: PageOptions): Promise<{ page: Page; close(): Promise<void> }>
  close(): Promise<void>
}

/** Debian's Chromium. Every page is watched: an error on its console or a request to elsewhere fails the test. */
export async function openBrowser(): Promise<BoardBrowser> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
  return {
    open: (url, options = {}) => openPage(browser, url, options),
    close: () => browser.close(),
  }
}

async function openPage(browser: Browser, url: string, options: PageOptions) {
  const {
    width = 1280,
    height = 800,
    theme = 'light',
    locale = 'en-US',
    quiet = [],
    elsewhere = [],
    cookie,
    token,
  } = options
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: 'light', locale })
  if (cookie !== undefined) {
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url }])
  }
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const complaints: string[] = []
  const { origin } = new URL(url)
  // The browser itself writes of a hub that is down, and of one that has no accounts; nothing else is expected.
  const expected = ['net::ERR_', ...quiet]
  page.on('console', (message) => {
    const text = `${message.text()} ${message.location().url}`
    if (message.type() === 'error' && !expected.some((word) => text.includes(word))) complaints.push(text)
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const { origin: asked } = new URL(request.url())
    if (asked !== origin && !elsewhere.includes(asked)) complaints.push(`left the origin: ${request.url()}`)
  })
  await page.addInitScript((choice) => {
    if (!localStorage.getItem('hookswitch.theme')) localStorage.setItem('hookswitch.theme', choice)
  }, theme)
  if (token !== undefined)
    await page.addInitScript((secret) => sessionStorage.setItem('hookswitch.token', secret), token)
  await page.goto(url)
  return {
    page,
    async close() {
      await context.close()
      if (complaints.length > 0) throw new Error(`The page complained:\n${complaints.join('\n')}`)
    },
  }
}

/** How much wider than its window a page is, pixels. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** A picture of the page, where `HOOKSWITCH_TEST_PICTURES` names a folder for it. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.HOOKSWITCH_TEST_PICTURES
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

interface Finding {
  readonly id: string
  readonly impact: string | null
  readonly help: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Findings of axe-core that are serious or critical, with the elements. */
export async function seriousFindings(page: Page | Frame): Promise<readonly string[]> {
  // Evaluated by the debugger, which the page's content security policy does not bind.
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'))
  const violations = await page.evaluate(async () => {
    // A colour on its way from one to the other has a contrast that nobody reads.
    const passing = document.getAnimations().filter(({ effect }) => {
      return Number.isFinite(effect?.getComputedTiming().endTime)
    })
    await Promise.allSettled(passing.map(({ finished }) => finished))
    const { axe } = window as unknown as { axe: { run(context: object): Promise<{ violations: Finding[] }> } }
    // Tabster's own focus sentinels, which forward the focus and are never where it stays.
    return (await axe.run({ exclude: '[data-tabster-dummy]' })).violations
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .map(({ html }) => html)
          .join(' | ')
          .slice(0, 600)}`,
    )
}
