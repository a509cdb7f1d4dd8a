import { useCallback, useEffect, useRef, useState } from 'react'
import type { AuditRow } from '../../../src/core/history.ts'
import { type AuditFilters, readAudit } from './audit-client.ts'

interface AuditState {
  /** Undefined until the first answer. */
  readonly entries: readonly AuditRow[] | undefined
  readonly next: string | undefined
  readonly error: Error | undefined
  readonly busy: boolean
}

const nothing: AuditState = { entries: undefined, next: undefined, error: undefined, busy: true }

/** The entries that fit, page after page. */
export function useAudit(filters: AuditFilters): AuditState & { more(): void; again(): void } {
  const [state, setState] = useState(nothing)
  const newest = useRef(0)

  const read = useCallback(async (asked: AuditFilters, before?: string) => {
    newest.current += 1
    const turn = newest.current
    setState((last) => (before === undefined ? nothing : { ...last, busy: true }))
    try {
      const page = await readAudit(asked, before)
      if (turn !== newest.current) return
      setState((last) => ({
        entries: [...((before !== undefined && last.entries) || []), ...page.entries],
        next: page.next,
        error: undefined,
        busy: false,
      }))
    } catch (error) {
      if (turn === newest.current) setState((last) => ({ ...last, error: error as Error, busy: false }))
    }
  }, [])

  useEffect(() => void read(filters), [read, filters])
  return {
    ...state,
    more: () => void read(filters, state.next),
    again: () => void read(filters),
  }
}
