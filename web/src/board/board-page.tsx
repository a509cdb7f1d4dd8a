import { makeStyles, tokens } from '@fluentui/react-components'
import { lazy, Suspense, useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { ConnectorStrip } from '../connectors/connector-strip.tsx'
import { useConnectors } from '../connectors/use-connectors.ts'
import { useDemo } from '../lab/use-demo.ts'
import type { LanguageState } from '../language/language-choice.ts'
import { LanguageMenu } from '../language/language-menu.tsx'
import { useBoard } from '../live/use-board.ts'
import { AccountMenu } from '../session/account-menu.tsx'
import { useSession } from '../session/use-session.ts'
import type { ThemeChoice } from '../theme/theme-choice.ts'
import { ThemeMenu } from '../theme/theme-menu.tsx'
import { BoardEmpty } from './board-empty.tsx'
import { LinkNotice } from './board-notices.tsx'
import { BoardToolbar } from './board-toolbar.tsx'
import { type Choice, choosePeople } from './choose-people.ts'
import { DemoHint } from './demo-hint.tsx'
import { LinkSign } from './link-sign.tsx'
import { PeopleGrid } from './people-grid.tsx'
import { useSelection } from './use-selection.ts'

const SignInPage = lazy(() => import('../session/sign-in-page.tsx'))
const PersonPanel = lazy(() => import('../person/person-panel.tsx'))

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    height: '100dvh',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '0 24px',
    minHeight: '56px',
    flexShrink: 0,
    '@media (max-width: 640px)': { padding: '8px 12px 0', flexWrap: 'wrap', rowGap: '4px' },
  },
  logo: { width: '28px', height: '28px', flexShrink: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold },
  connectors: {
    marginLeft: 'auto',
    minWidth: 0,
    display: 'flex',
    '@media (max-width: 640px)': { order: 2, flexBasis: '100%', marginLeft: '-8px' },
  },
  colours: { '@media (max-width: 640px)': { marginLeft: 'auto' } },
  body: { display: 'flex', flex: '1 1 0', minHeight: 0, overflow: 'hidden' },
  main: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    flex: '1 1 0',
    minWidth: 0,
    padding: '4px 24px 24px',
    '@media (max-width: 640px)': { padding: '4px 12px 12px' },
  },
})

const everyone: Choice = { search: '', groups: new Set(), tenant: undefined, attention: false, order: 'name' }
const nobody: ReadonlyMap<string, PersonView> = new Map()

/** The single page of the hub: everyone, live, and one person in full beside them. */
export function BoardPage(props: {
  theme: ThemeChoice
  chooseTheme(choice: ThemeChoice): void
  language: LanguageState
}) {
  const styles = useStyles()
  const board = useBoard()
  const connectors = useConnectors(board.link.state)
  const demo = useDemo(board.link.state)
  const [selected, select] = useSelection()
  const [choice, choose] = useState(everyone)
  const asked = useDeferredValue(choice)
  const people = board.people ?? nobody
  const chosen = useMemo(() => choosePeople(people.values(), asked), [people, asked])
  const tenants = useMemo(
    () => [...new Set([...people.values()].map(({ tenant }) => tenant))].sort(),
    [people],
  )
  const session = useSession(board.link.state)
  const [byToken, setByToken] = useState(false)
  const person = selected === undefined ? undefined : people.get(selected)
  const close = useCallback(() => select(undefined), [select])

  if (board.link.state === 'token' && session?.setUp && !byToken) {
    return (
      <Suspense>
        <SignInPage signedIn={board.reconnect} useToken={() => setByToken(true)} />
      </Suspense>
    )
  }
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <img src="/hookswitch.svg" alt="" className={styles.logo} />
        <h1 className={styles.title}>Hookswitch</h1>
        <LinkSign link={board.link} />
        <div className={styles.connectors}>
          <ConnectorStrip connectors={connectors} />
        </div>
        <div className={styles.colours}>
          {session?.account && <AccountMenu account={session.account} signedOut={board.reconnect} />}
          <LanguageMenu {...props.language} />
          <ThemeMenu choice={props.theme} choose={props.chooseTheme} />
        </div>
      </header>
      <div className={styles.body}>
        <main className={styles.main}>
          <LinkNotice link={board.link} signIn={board.signIn} />
          {demo && <DemoHint />}
          <BoardToolbar choice={choice} chosen={chosen} tenants={tenants} choose={choose} />
          {chosen.people.length === 0 ? (
            <BoardEmpty
              loading={board.people === undefined && board.link.state === 'connecting'}
              anyone={people.size > 0}
              showAll={() => choose({ ...everyone, order: choice.order })}
            />
          ) : (
            <PeopleGrid
              people={chosen.people}
              selected={selected}
              order={choice.order}
              setOrder={(order) => choose({ ...choice, order })}
              open={select}
            />
          )}
        </main>
        <Suspense>
          {person && (
            <PersonPanel key={selected} person={person} connectors={connectors} demo={demo} close={close} />
          )}
        </Suspense>
      </div>
    </div>
  )
}
