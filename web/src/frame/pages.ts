import { lazy } from 'react'
import { BoardPage } from '../board/board-page.tsx'
import { subjectsOf } from '../me/whose.ts'
import { administers, type CallerSigns, mayWatchSystems, operates } from '../session/caller-signs.ts'
import type { PageEntry } from './page-context.ts'
import { type PageName, pageNames } from './route.ts'

const everyone = () => true

/** The pages that there are, a line each; their order is that of `pageNames`. */
export const pages: { readonly [Name in PageName]?: PageEntry } = {
  board: { allowed: everyone, Page: BoardPage },
  connectors: {
    allowed: (signs) => signs.configuration !== undefined && administers(signs),
    Page: lazy(() => import('../connectors/connectors-page.tsx')),
  },
  people: { allowed: administers, Page: lazy(() => import('../people/people-page.tsx')) },
  links: {
    allowed: (signs) => signs.configuration !== undefined && administers(signs),
    Page: lazy(() => import('../links/links-page.tsx')),
  },
  health: { allowed: mayWatchSystems, Page: lazy(() => import('../health/health-page.tsx')) },
  fleet: {
    allowed: (signs) => signs.configuration !== undefined && operates(signs),
    Page: lazy(() => import('../fleet/fleet-page.tsx')),
  },
  audit: {
    allowed: (signs) => signs.audit.kept && administers(signs),
    Page: lazy(() => import('../audit/audit-page.tsx')),
  },
  me: {
    allowed: ({ session }) => subjectsOf(session).length > 0,
    Page: lazy(() => import('../me/me-page.tsx')),
  },
  'set-up': {
    allowed: (signs) => signs.configuration === 'stored' && operates(signs),
    Page: lazy(() => import('../set-up/set-up-page.tsx')),
  },
  access: {
    allowed: (signs) => administers(signs) && signs.session?.setUp === true,
    Page: lazy(() => import('../access/access-page.tsx')),
  },
  settings: {
    allowed: (signs) => signs.configuration !== undefined && administers(signs),
    Page: lazy(() => import('../settings/settings-page.tsx')),
  },
  account: { allowed: everyone, Page: lazy(() => import('../account/account-page.tsx')) },
}

/** The pages that the caller may see: no other is offered. */
export function allowedPages(signs: CallerSigns): readonly PageName[] {
  return pageNames.filter((name) => pages[name]?.allowed(signs))
}
