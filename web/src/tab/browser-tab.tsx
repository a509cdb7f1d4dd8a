import { Link, makeStyles } from '@fluentui/react-components'
import { PageLoading } from '../frame/page-state.tsx'
import { useAnswer } from '../live/use-answer.ts'
import { MeContent } from '../me/me-content.tsx'
import { meWords } from '../me/me-words.ts'
import { subjectsOf } from '../me/whose.ts'
import { readSession } from '../session/session-client.ts'

const useStyles = makeStyles({
  notice: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '12px' },
})

/** The tab in a plain browser: the same page for whoever is signed in to the portal there, and the way to it for others. */
export function BrowserTab() {
  const styles = useStyles()
  const { tab } = meWords()
  const { value, error } = useAnswer('session', async (signal) => ({ session: await readSession(signal) }))
  if (!value && !error) return <PageLoading />
  const [subject, ...more] = subjectsOf(value?.session)
  // Whoever speaks for several people chooses in the portal.
  if (subject && more.length === 0) return <MeContent subject={subject} />
  return (
    <div className={styles.notice}>
      <p>{tab.inBrowser}</p>
      <Link href="/#/me" target="_blank" rel="noreferrer" inline>
        {tab.toPortal}
      </Link>
    </div>
  )
}
