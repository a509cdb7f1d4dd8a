import { makeStyles, tokens } from '@fluentui/react-components'
import { lazy, Suspense, useState } from 'react'
import { type Choice, everyone } from '../board/choose-people.ts'
import { useConnectors } from '../connectors/use-connectors.ts'
import { useDemo } from '../lab/use-demo.ts'
import type { LanguageState } from '../language/language-choice.ts'
import { hasToken } from '../live/http.ts'
import { useBoard } from '../live/use-board.ts'
import { mayUseLab, mayWatchSystems } from '../session/caller-signs.ts'
import { useSession } from '../session/use-session.ts'
import { useTokenReadsAudit } from '../session/use-token-reads-audit.ts'
import type { ThemeState } from '../theme/theme-choice.ts'
import { LinkNotice } from './link-notice.tsx'
import { NotForYou } from './not-for-you.tsx'
import type { PageContext } from './page-context.ts'
import { PageLoading } from './page-state.tsx'
import { allowedPages, pages as everyPage } from './pages.ts'
import { Rail } from './rail.tsx'
import { useRoute } from './route.ts'
import { SkipLink } from './skip-link.tsx'
import { TopBar } from './top-bar.tsx'
import { useFirstRun } from './use-first-run.ts'
import { usePageHeading } from './use-page-heading.ts'

const SignInPage = lazy(() => import('../session/sign-in-page.tsx'))
const PersonPage = lazy(() => import('../person/person-page.tsx'))
const PersonPanel = lazy(() => import('../person/person-panel.tsx'))
const WallPage = lazy(() => import('../wall/wall-page.tsx'))

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    height: '100dvh',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  body: {
    display: 'flex',
    flex: '1 1 0',
    minHeight: 0,
    overflow: 'hidden',
    '@media (max-width: 640px)': { flexDirection: 'column' },
  },
  main: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    flex: '1 1 0',
    minWidth: 0,
    minHeight: 0,
    padding: '4px 24px 24px 16px',
    outlineStyle: 'none',
    '@media (max-width: 640px)': { padding: '4px 12px 8px' },
  },
})

export interface PortalProps {
  readonly theme: ThemeState
  readonly language: LanguageState
}

const contentId = 'content'

/** The frame of all pages: who is here, how the hub is reached, which page, and one person in full beside it. */
export function Portal({ theme, language }: PortalProps) {
  const styles = useStyles()
  const route = useRoute()
  const board = useBoard()
  const { state } = board.link
  const { session, known } = useSession(state)
  const token = hasToken()
  // Not before it is known who asks: whoever may not read them would be refused.
  const watches = known && state !== 'token' && mayWatchSystems({ session, token })
  const systems = useConnectors(watches ? state : undefined)
  const { tenants: listed, rules = [] } = systems.value ?? {}
  const tenants = listed ?? rules.map(({ tenant }) => tenant)
  const readByToken = useTokenReadsAudit(token ? tenants[0] : undefined)
  const audit = { kept: tenants.length > 0, readByToken }
  const signs = { session, token, audit, configuration: systems.value?.configuration }
  useFirstRun(signs, route, systems.value !== undefined && tenants.length === 0)
  const pages = allowedPages(signs)
  const wanted = route.page === 'wall' ? 'board' : route.page
  // What the caller may see follows from who they are and what the hub is.
  const waits = !known || (watches && !systems.value && !systems.error)
  const page = pages.includes(wanted) || waits ? wanted : 'board'
  const demo = useDemo(known && mayUseLab(session) ? state : undefined)
  const heading = usePageHeading(page)
  const [choice, choose] = useState<Choice>(everyone)
  const [byToken, setByToken] = useState(false)
  const connectors = systems.value?.connectors ?? []

  if (state === 'token' && session?.setUp && !byToken) {
    return (
      <Suspense>
        <SignInPage signedIn={board.reconnect} useToken={() => setByToken(true)} />
      </Suspense>
    )
  }
  if (route.page === 'wall' && state !== 'token') {
    return (
      <Suspense>
        <WallPage board={board} query={route.query} />
      </Suspense>
    )
  }
  const context: PageContext = {
    ...{ ...signs, board, people: board.people, link: state, systems, tenants, theme, language, demo },
    ...{ choice, choose, selected: route.person, rest: route.rest, query: route.query },
    left: board.reconnect,
  }
  const alone = page === 'board' && route.rest[1] === 'page'
  const Page = alone ? PersonPage : everyPage[page]?.Page
  const person = route.person === undefined ? undefined : board.people?.get(route.person)
  return (
    <div className={styles.page}>
      <SkipLink to={contentId} />
      <TopBar {...{ page, heading, board, connectors, theme, language, session }} />
      <div className={styles.body}>
        <Rail pages={pages} here={page} />
        <main id={contentId} tabIndex={-1} className={styles.main}>
          <LinkNotice link={board.link} signIn={board.signIn} />
          {page !== wanted && state === 'live' && !token && <NotForYou />}
          <Suspense fallback={<PageLoading />}>
            {Page && pages.includes(page) && (page === 'board' || !waits) ? (
              <Page {...context} />
            ) : (
              <PageLoading />
            )}
          </Suspense>
        </main>
        <Suspense>
          {page === 'board' && !alone && person && (
            <PersonPanel key={route.person} person={person} connectors={connectors} demo={demo} />
          )}
        </Suspense>
      </div>
    </div>
  )
}
