import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { ConsentStatus } from '../../../src/core/consent-port.ts'
import { PageSection } from '../frame/page-section.tsx'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { useSending } from '../session/use-sending.ts'
import { clockText } from '../words/time.ts'
import { confirmConsent, endLink, makeLink, withdrawConsent } from './consent-client.ts'
import { CopiedText } from './copied-text.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '12px', alignItems: 'flex-start' },
  text: { margin: 0, maxWidth: '640px', overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  wide: { alignSelf: 'stretch', minWidth: 0 },
  strong: { fontWeight: tokens.fontWeightSemibold },
})

interface ConsentLinkProps {
  readonly status: ConsentStatus
  changed(): void
  /** Makes a connector with the operator's application; absent where there is one already, or it cannot be made. */
  readonly useOperators: (() => Promise<void>) | undefined
}

/** Consent to the operator's application by one link, which another person may open. */
export function ConsentLink({ status, changed, useOperators }: ConsentLinkProps) {
  const styles = useStyles()
  const now = useNow()
  const { microsoft: said } = words()
  const [made, setMade] = useState<string>()
  const { busy, refused, send } = useSending()
  const { tenant, link, proof, grant, lastRefusal } = status
  const act = (work: () => Promise<unknown>) =>
    send(async () => {
      await work()
      changed()
    })
  return (
    <PageSection title={said.byLink}>
      <div className={styles.body}>
        <p className={styles.text}>{said.byLinkText}</p>
        <Refused text={refused ?? lastRefusal?.words} className={styles.wide} />
        {made !== undefined && link && (
          <div className={styles.wide}>
            <CopiedText text={made} what={said.link} wrapped />
          </div>
        )}
        {link && <p className={styles.text}>{said.linkUntil(clockText(link.until, now), link.by)}</p>}
        {proof && (
          <>
            <p className={styles.text}>
              {said.proved(proof.account.name)}{' '}
              <span className={styles.strong}>{proof.account.organisation}</span>
            </p>
            {proof.missing.length > 0 && (
              <p className={styles.text}>{said.stillMissing(proof.missing.join(', '))}</p>
            )}
          </>
        )}
        {grant && (
          <p className={styles.text}>
            {said.granted(grant.account.name, grant.account.organisation, grant.confirmedBy)}
          </p>
        )}
        <div className={styles.buttons}>
          {proof && (
            <Button
              appearance="primary"
              disabled={busy}
              onClick={() => act(() => confirmConsent(tenant, proof.id))}
            >
              {said.confirm}
            </Button>
          )}
          {useOperators && (
            <Button appearance="primary" disabled={busy} onClick={() => act(useOperators)}>
              {said.useOperators}
            </Button>
          )}
          {!useOperators && !grant && !proof && (
            <Button
              appearance={link ? 'secondary' : 'primary'}
              disabled={busy}
              onClick={() => act(async () => setMade((await makeLink(tenant)).url))}
            >
              {link ? said.anotherLink : said.makeLink}
            </Button>
          )}
          {link && (
            <Button
              disabled={busy}
              onClick={() =>
                act(async () => {
                  await endLink(tenant)
                  setMade(undefined)
                })
              }
            >
              {said.endLink}
            </Button>
          )}
          {(proof || grant) && (
            <Button disabled={busy} onClick={() => act(() => withdrawConsent(tenant))}>
              {grant ? said.withdraw : said.refuse}
            </Button>
          )}
        </div>
      </div>
    </PageSection>
  )
}
