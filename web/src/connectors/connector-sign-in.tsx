import { Button, makeStyles } from '@fluentui/react-components'
import type { Place } from '../configuration/configuration-client.ts'
import { PageSection } from '../frame/page-section.tsx'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { ask } from '../live/http.ts'
import { useAnswer } from '../live/use-answer.ts'
import { CopiedText } from '../microsoft/copied-text.tsx'
import { useSending } from '../session/use-sending.ts'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '640px' },
  text: { margin: 0 },
  button: { alignSelf: 'flex-start' },
})

/** The hub's own account signs in at the system, in this browser, and what that gives is sealed in the configuration. */
export function ConnectorSignIn({ place, readOnly }: { place: Place; readOnly: boolean }) {
  const styles = useStyles()
  const { connectors: said } = words()
  const { busy, refused, send } = useSending()
  const { tenant, id } = place
  const path = `/api/v1/config/tenants/${encodeURIComponent(tenant)}/connectors/${encodeURIComponent(id)}/sign-in`
  const callback = useAnswer(path, async (signal) => {
    return ((await ask(path, { signal })) as { readonly redirectUri: string }).redirectUri
  })
  const go = async () => {
    const sent = (await ask(`${path}/begin`, { method: 'POST' })) as { readonly url: string }
    location.assign(sent.url)
  }
  return (
    <PageSection title={said.signInTitle}>
      <div className={styles.body}>
        <p className={styles.text}>{readOnly ? said.signInFile(id) : said.signInText}</p>
        {!readOnly && callback.value !== undefined && (
          <>
            <p className={styles.text}>{said.signInCallback}</p>
            <CopiedText text={callback.value} what={said.callback} wrapped />
          </>
        )}
        <Refused text={refused ?? callback.error?.message} />
        {!readOnly && (
          <Button
            className={styles.button}
            disabled={busy || callback.value === undefined}
            onClick={() => send(go)}
          >
            {said.signIn}
          </Button>
        )}
      </div>
    </PageSection>
  )
}
