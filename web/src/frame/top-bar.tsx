import { makeStyles, tokens } from '@fluentui/react-components'
import type { RefObject } from 'react'
import type { ConnectorView } from '../../../src/core/view.ts'
import { ConnectorStrip } from '../connectors/connector-strip.tsx'
import type { LanguageState } from '../language/language-choice.ts'
import { LanguageMenu } from '../language/language-menu.tsx'
import { words } from '../language/words.ts'
import type { Board } from '../live/use-board.ts'
import { AccountMenu } from '../session/account-menu.tsx'
import type { SessionView } from '../session/session-client.ts'
import type { ThemeState } from '../theme/theme-choice.ts'
import { ThemeMenu } from '../theme/theme-menu.tsx'
import { LinkSign } from './link-sign.tsx'
import type { PageName } from './route.ts'

const useStyles = makeStyles({
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
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    fontWeight: tokens.fontWeightSemibold,
    outlineStyle: 'none',
  },
  connectors: {
    marginLeft: 'auto',
    minWidth: 0,
    display: 'flex',
    '@media (max-width: 640px)': { order: 2, flexBasis: '100%', marginLeft: '-8px' },
  },
  menus: { display: 'flex', flexShrink: 0, '@media (max-width: 640px)': { marginLeft: 'auto' } },
})

export interface TopBarProps {
  readonly page: PageName
  readonly heading: RefObject<HTMLHeadingElement | null>
  readonly board: Board
  readonly connectors: readonly ConnectorView[]
  readonly theme: ThemeState
  readonly language: LanguageState
  readonly session: SessionView | undefined
}

/** The page's name, whether what is shown is of now, the systems, and the caller's own choices. */
export function TopBar({ page, heading, board, connectors, theme, language, session }: TopBarProps) {
  const styles = useStyles()
  return (
    <header className={styles.header}>
      <img src="/hookswitch.svg" alt="Hookswitch" className={styles.logo} />
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {words().pages.names[page]}
      </h1>
      <LinkSign link={board.link} />
      <div className={styles.connectors}>
        {page === 'board' && <ConnectorStrip connectors={connectors} />}
      </div>
      <div className={styles.menus}>
        <LanguageMenu {...language} />
        <ThemeMenu choice={theme.choice} choose={theme.choose} />
        {session?.account && <AccountMenu account={session.account} signedOut={board.reconnect} />}
      </div>
    </header>
  )
}
