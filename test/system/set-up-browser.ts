import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type BoardBrowser, openBrowser, type PageOptions } from './board-browser.ts'

export interface PortalBrowser {
  openPage(url: string, options?: PageOptions): Promise<Page>
  /** Called after the test, the latest first. */
  cleanUp(step: () => unknown): void
}

/** A browser for the tests of one file; everything a test opened is closed after it. */
export function setUpBrowser(): PortalBrowser {
  let browser: BoardBrowser | undefined
  const cleanups: (() => unknown)[] = []

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())
  afterEach(async () => {
    for (const step of cleanups.splice(0).reverse()) await step()
  })

  return {
    cleanUp: (step) => void cleanups.push(step),
    async openPage(url, options) {
      const { page, close } = await browser!.open(url, options)
      cleanups.push(close)
      return page
    },
  }
}
