import { expect } from 'vitest'
import type { PersonView } from '../../../src/core/view.ts'

/** What a board hears from now on, by the hub's event stream. */
export async function listen(url: string, headers: Readonly<Record<string, string>> = {}) {
  const stop = new AbortController()
  const answer = await fetch(`${url}/api/v1/events`, { headers, signal: stop.signal })
  const board = {
    told: '',
    /** The last that was said of a person; undefined before anything was. */
    lastOf(upn: string): PersonView | undefined {
      const said = [...board.told.matchAll(/^event: person\ndata: (.*)$/gm)].map(
        ([, data]) => JSON.parse(data!) as PersonView,
      )
      return said.findLast((person) => person.upn === upn)
    },
    close: () => stop.abort(),
  }
  const read = async () => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) board.told += chunk
  }
  read().catch(() => {})
  await expect.poll(() => board.told).toContain('event: ready')
  return board
}
