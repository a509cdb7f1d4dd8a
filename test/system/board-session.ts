import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type BoardBrowser, buildBoard, openBrowser, type PageOptions } from './board-browser.ts'
import { type FakeHub, type FakeHubOptions, startFakeHub } from './board-fake-hub.ts'
import { sampleConnectors, samplePeople } from './board-people.ts'

export interface BoardSession {
  /** Where the built board lies; known once the tests run. */
  files(): string
  startHub(more?: Partial<FakeHubOptions>): Promise<FakeHub>
  openPage(hub: Pick<FakeHub, 'url'>, options?: PageOptions): Promise<Page>
  /** Called after the test, the latest first. */
  cleanUp(step: () => unknown): void
}

/** Builds the board and starts a browser for the tests of one file; everything a test opened is closed after it. */
export function setUpBoard(): BoardSession {
  let files = ''
  let browser: BoardBrowser | undefined
  const cleanups: (() => unknown)[] = []

  beforeAll(async () => {
    files = await mkdtemp(join(tmpdir(), 'hookswitch-board-'))
    await buildBoard(files)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await rm(files, { recursive: true, force: true })
  })
  afterEach(async () => {
    for (const step of cleanups.splice(0).reverse()) await step()
  })

  return {
    files: () => files,
    cleanUp: (step) => void cleanups.push(step),
    async startHub(more = {}) {
      const now = Date.now()
      const scripted = { people: samplePeople(now), connectors: sampleConnectors(now) }
      const hub = await startFakeHub({ files, ...scripted, ...more })
      cleanups.push(() => hub.down())
      return hub
    },
    async openPage(hub, options) {
      const { page, close } = await browser!.open(hub.url, options)
      cleanups.push(close)
      return page
    },
  }
}

/** The line of one person. */
export function line(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ hasText: name })
}
