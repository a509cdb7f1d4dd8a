import { type RefObject, useEffect, useRef } from 'react'
import { words } from '../language/words.ts'
import type { PageName } from './route.ts'

/** Names the window after the page; whoever goes to another page goes on at its heading, a reader aloud too. */
export function usePageHeading(page: PageName): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  const drawn = useRef<PageName>(undefined)
  useEffect(() => {
    document.title = `${words().pages.names[page]} · Hookswitch`
    if (drawn.current !== undefined && drawn.current !== page) heading.current?.focus()
    drawn.current = page
  }, [page])
  return heading
}
