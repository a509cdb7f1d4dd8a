import { Button, Field, makeStyles, Select } from '@fluentui/react-components'
import { PageScroll, PageSection } from '../frame/page-section.tsx'
import type { LanguageChoice, LanguageState } from '../language/language-choice.ts'
import { languageNames, languages, words } from '../language/words.ts'
import { forgetToken } from '../live/http.ts'
import { useNow } from '../live/now.ts'
import { grantText } from '../session/grant-text.ts'
import { type SessionView, signOut } from '../session/session-client.ts'
import { type ThemeChoice, type ThemeState, themeChoices } from '../theme/theme-choice.ts'
import { clockText } from '../words/time.ts'
import { OwnPassword } from './own-password.tsx'

const useStyles = makeStyles({
  text: { margin: '0 0 12px' },
  list: { margin: '0 0 12px', paddingLeft: '20px' },
  fields: { display: 'flex', flexWrap: 'wrap', gap: '16px' },
  field: { flex: '0 1 260px' },
})

interface AccountPageProps {
  readonly session: SessionView | undefined
  /** An API token is sent. */
  readonly token: boolean
  readonly theme: ThemeState
  readonly language: LanguageState
  /** Somebody has signed out. */
  left(): void
}

/** Who the caller is and what they may do, the way out, and how the pages look to them. */
export default function AccountPage({ session, token, theme, language, left }: AccountPageProps) {
  const { names } = words().pages
  return (
    <PageScroll>
      <PageSection title={names.account}>
        {token ? <ByToken left={left} /> : <BySession session={session} left={left} />}
      </PageSection>
      {!token && session?.ownPassword && <OwnPassword changed={left} />}
      <Appearance theme={theme} language={language} />
    </PageScroll>
  )
}

function ByToken({ left }: { left(): void }) {
  const styles = useStyles()
  const { account } = words().pages
  const forget = () => {
    forgetToken()
    left()
  }
  return (
    <>
      <p className={styles.text}>{account.byToken}</p>
      <Button onClick={forget}>{account.forgetToken}</Button>
    </>
  )
}

function BySession({ session, left }: Pick<AccountPageProps, 'session' | 'left'>) {
  const styles = useStyles()
  const now = useNow()
  const { account, session: said } = words().pages
  if (!session?.account) return <p>{session?.open ? account.open : account.unknown}</p>
  const { displayName, name, grants = [] } = session.account
  return (
    <>
      <p className={styles.text}>
        {account.signedIn(displayName === name ? name : `${displayName} (${name})`)}{' '}
        {session.until !== undefined && account.untilTime(clockText(session.until, now))}
      </p>
      {grants.length > 0 && (
        <>
          <h3>{account.may}</h3>
          <ul className={styles.list}>
            {grants.map((grant) => (
              <li key={JSON.stringify(grant)}>{grantText(grant)}</li>
            ))}
          </ul>
        </>
      )}
      <Button onClick={() => void signOut().finally(left)}>{said.signOut}</Button>
    </>
  )
}

function Appearance({ theme, language }: Pick<AccountPageProps, 'theme' | 'language'>) {
  const styles = useStyles()
  const { pages } = words()
  return (
    <PageSection title={pages.account.appearance}>
      <div className={styles.fields}>
        <Field label={pages.language} className={styles.field}>
          <Select
            value={language.choice}
            onChange={(_, { value }) => language.choose(value as LanguageChoice)}
          >
            <option value="browser">{pages.asBrowser}</option>
            {languages.map((one) => (
              <option key={one} value={one} lang={one}>
                {languageNames[one]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={pages.colours} className={styles.field}>
          <Select value={theme.choice} onChange={(_, { value }) => theme.choose(value as ThemeChoice)}>
            {themeChoices.map((choice) => (
              <option key={choice} value={choice}>
                {pages.themes[choice]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </PageSection>
  )
}
