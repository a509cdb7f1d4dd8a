import { useEffect } from 'react'
import { type CallerSigns, operates } from '../session/caller-signs.ts'
import { pageAddress, type Route } from './route.ts'

/** Who runs a hub that has no tenant yet begins at the set-up; Back does not lead to an empty board. */
export function useFirstRun(signs: CallerSigns, route: Route, empty: boolean): void {
  const begins = empty && signs.configuration === 'stored' && operates(signs) && route.page === 'board'
  useEffect(() => {
    if (!begins) return
    history.replaceState(null, '', pageAddress('set-up'))
    dispatchEvent(new HashChangeEvent('hashchange'))
  }, [begins])
}
