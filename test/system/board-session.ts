import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { buildBoard, type PageOptions } from './board-browser.ts'
import { type FakeHub, type FakeHubOptions, startFakeHub } from './board-fake-hub.ts'
import { sampleConnectors, samplePeople } from './board-people.ts'
import { setUpBrowser } from './set-up-browser.ts'

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
  const { openPage, cleanUp } = setUpBrowser()

  beforeAll(async () => {
    files = await mkdtemp(join(tmpdir(), 'hookswitch-board-'))
    await buildBoard(files)
  })
  afterAll(async () => {
    await rm(files, { recursive: true, force: true })
  })

  return {
    files: () => files,
    cleanUp,
    async startHub(more = {}) {
      const now = Date.now()
      const scripted = { people: samplePeople(now), connectors: sampleConnectors(now) }
      const hub = await startFakeHub({ files, ...scripted, ...more })
      cleanUp(() => hub.down())
      return hub
    },
    openPage: (hub, options) => openPage(hub.url, options),
  }
}

/** The line of one person. */
export function line(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ hasText: name })
}
