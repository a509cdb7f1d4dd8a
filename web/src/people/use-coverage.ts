import { useEffect, useRef, useState } from 'react'
import type { CoveragePage, CoverageRow } from '../../../src/core/roster-port.ts'
import { pageSize, readCoverage, type Wanted } from './roster-client.ts'

/** Long enough for the next letter of a word. */
const typingMs = 250

export interface Coverage {
  /** By place in the list, as far as they were asked for. */
  readonly rows: ReadonlyMap<number, CoverageRow>
  readonly total: number
  /** Undefined until the first answer. */
  readonly counts: CoveragePage['counts'] | undefined
  /** How many never opened their own page or tab. */
  readonly neverCame: number
  readonly error: Error | undefined
  /** Has the lines from `first` to `last` read, where they are not there yet. */
  need(first: number, last: number): void
}

/** `of`: whoever began the round that was answered. */
type Answer = Omit<Coverage, 'need'> & { readonly of?: AbortController }
const nothing: Answer = { rows: new Map(), total: 0, counts: undefined, neverCame: 0, error: undefined }

/** Everyone who fits, page by page as they come into sight; read anew when `turn` changes. */
export function useCoverage(wanted: Wanted, turn: number): Coverage {
  const [answer, setAnswer] = useState<Answer>(nothing)
  const asked = useRef({ pages: new Set<number>(), stop: new AbortController() })
  const key = JSON.stringify([wanted, turn])

  const read = async (page: number): Promise<void> => {
    const { pages, stop } = asked.current
    if (pages.has(page)) return
    pages.add(page)
    try {
      const offset = page * pageSize
      const { rows, total, counts, neverCame } = await readCoverage(wanted, { offset, signal: stop.signal })
      if (stop.signal.aborted) return
      setAnswer((last) => {
        const known = new Map(last.of === stop ? last.rows : [])
        for (const [index, row] of rows.entries()) known.set(offset + index, row)
        return { rows: known, total, counts, neverCame, error: undefined, of: stop }
      })
    } catch (error) {
      pages.delete(page)
      if (!stop.signal.aborted) setAnswer((last) => ({ ...last, error: error as Error }))
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is what is wanted
  useEffect(() => {
    asked.current.stop.abort()
    asked.current = { pages: new Set(), stop: new AbortController() }
    const timer = setTimeout(() => void read(0), answer.counts ? typingMs : 0)
    return () => clearTimeout(timer)
  }, [key])

  return {
    ...answer,
    need: (first, last) => {
      if (asked.current.pages.size === 0) return
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) {
        void read(page)
      }
    },
  }
}
