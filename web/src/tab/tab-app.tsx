import { Button, FluentProvider, makeStyles, type Theme, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { TabSession } from '../../../src/core/tab-port.ts'
import { PageLoading } from '../frame/page-state.tsx'
import { ask, signInByTab } from '../live/http.ts'
import { MeContent } from '../me/me-content.tsx'
import { meWords } from '../me/me-words.ts'
import { PairingWayContext, pairingInWindow } from '../me/pairing-way.ts'
import { PageError } from '../page-error.tsx'
import { useTheme } from '../theme/theme-choice.ts'
import { themes } from '../theme/themes.ts'
import { HubText } from '../words/hub-text.tsx'
import { BrowserTab } from './browser-tab.tsx'
import type { TeamsHost } from './enter-teams.ts'

const useStyles = makeStyles({
  page: {
    minHeight: '100dvh',
    boxSizing: 'border-box',
    padding: '16px',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  column: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '800px', margin: '0 auto' },
  notice: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '12px' },
  heading: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
})

/** One's own page inside Teams, in its colours; in a plain browser in those chosen there. */
export function TabApp({ host }: { host: TeamsHost | undefined }) {
  return host ? <InTeams host={host} /> : <InBrowser />
}

function InTeams({ host }: { host: TeamsHost }) {
  const [theme, setTheme] = useState(host.theme)
  useEffect(() => host.watchTheme(setTheme), [host])
  const shown = theme === 'dark' || theme === 'contrast' ? theme : 'light'
  useEffect(() => {
    document.documentElement.style.colorScheme = shown === 'light' ? 'light' : 'dark'
  }, [shown])
  return <Frame theme={themes[shown]} host={host} />
}

function InBrowser() {
  const { theme } = useTheme()
  return <Frame theme={theme} host={undefined} />
}

function Frame({ theme, host }: { theme: Theme; host: TeamsHost | undefined }) {
  return (
    <FluentProvider theme={theme}>
      <PageError>
        <Tab host={host} />
      </PageError>
    </FluentProvider>
  )
}

function Tab({ host }: { host: TeamsHost | undefined }) {
  const styles = useStyles()
  const [session, setSession] = useState<TabSession>()
  const [refused, setRefused] = useState<string>()
  const { tab } = meWords()
  useEffect(() => {
    if (!host) return
    document.title = tab.title
    signInByTab(async () => {
      const begun = await signIn(host)
      setSession(begun)
      return begun.key
    }).catch((reason: Error) => setRefused(reason.message))
    host.ready()
  }, [host, tab.title])
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.heading}>{tab.title}</h1>
        {session && host && (
          <PairingWayContext value={pairingInWindow(host.openWindow)}>
            <MeContent subject={session} />
          </PairingWayContext>
        )}
        {host && !session && refused === undefined && <PageLoading />}
        {refused !== undefined && (
          <div className={styles.notice} role="alert">
            <p>
              {tab.refused} <HubText>{refused}</HubText>
            </p>
            <Button onClick={() => location.reload()}>{tab.again}</Button>
          </div>
        )}
        {!host && <BrowserTab />}
      </div>
    </main>
  )
}

async function signIn(host: TeamsHost): Promise<TabSession> {
  const token = await host.token()
  return (await ask('/api/v1/tab/session', { method: 'POST', body: { token } })) as TabSession
}
