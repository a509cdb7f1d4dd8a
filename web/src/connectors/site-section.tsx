import { Button, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { SiteCode, SiteView } from '../../../src/core/site-port.ts'
import { AskFirst } from '../frame/ask-first.tsx'
import { DataTable } from '../frame/data-table.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { useAnswer } from '../live/use-answer.ts'
import { SecretOnce } from '../settings/secret-once.tsx'
import { HubSpan } from '../words/hub-text.tsx'
import { clockText, exactText } from '../words/time.ts'
import { makeSiteCode, readSites, revokeSite } from './site-client.ts'
import { siteWords } from './site-words.ts'

const useStyles = makeStyles({
  text: { margin: '0 0 12px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  note: { display: 'block' },
})

/** Sites: how they are, a code for each, revoking. Nothing where no connector runs at one. */
export function SiteSection({ tenant }: { tenant: string | undefined }) {
  const styles = useStyles()
  const said = siteWords()
  const [round, setRound] = useState(0)
  const [made, setMade] = useState<SiteCode>()
  const [told, tell] = useState<{ readonly intent: 'success' | 'error'; readonly text: string }>()
  const answer = useAnswer(`sites ${round}`, readSites)
  const sites = answer.value?.filter((site) => tenant === undefined || site.tenant === tenant) ?? []
  if (sites.length === 0) return null
  const failed = (error: Error) => tell({ intent: 'error', text: error.message })
  const makeCode = (site: SiteView) =>
    void makeSiteCode(site).then((code) => {
      setMade(code)
      tell(undefined)
      setRound(round + 1)
    }, failed)
  // Why it is refused stays in the dialog.
  const revoke = async (site: SiteView) => {
    await revokeSite(site)
    tell({ intent: 'success', text: said.revoked(site.name) })
    setMade(undefined)
    setRound(round + 1)
  }
  return (
    <PageSection title={said.title}>
      <p className={styles.text}>{said.text}</p>
      {told && (
        <MessageBar intent={told.intent}>
          <MessageBarBody role="status">{told.text}</MessageBarBody>
        </MessageBar>
      )}
      {made && (
        <>
          <SecretOnce
            title={said.codeTitle(made.name, exactText(made.expiresAt, Date.now()))}
            secret={made.code}
          />
          <p className={styles.text}>
            {said.codeUse} <code>hookswitch site --hub {location.origin} --code …</code>
          </p>
        </>
      )}
      <DataTable
        label={said.title}
        heads={[said.site, said.runs, said.link, said.version, said.heard, said.act]}
        lines={sites.map((site) => ({
          key: `${site.tenant}/${site.name}`,
          cells: [
            ...cellsOf(site, styles.note),
            <div key="act" className={styles.buttons}>
              {site.configured.length > 0 && (
                <Button size="small" aria-label={said.makeCodeFor(site.name)} onClick={() => makeCode(site)}>
                  {said.makeCode}
                </Button>
              )}
              {site.enrolledAt !== undefined && <Revoke site={site} revoke={() => revoke(site)} />}
            </div>,
          ],
        }))}
      />
    </PageSection>
  )
}

function cellsOf(site: SiteView, note: string) {
  const said = siteWords()
  const { tenant, name, connectors, configured, enrolledAt, link, version, lastHeardAt, detail } = site
  const { skew, roundTripMs, clockBehindMs, runsOutAt } = site
  const isEnrolled = enrolledAt !== undefined
  const missing = isEnrolled ? configured.filter((id) => !connectors.includes(id)) : []
  const heard = lastHeardAt === undefined ? said.never : exactText(lastHeardAt, Date.now())
  return [
    `${name} (${tenant})`,
    <span key="runs">
      {(isEnrolled ? connectors : configured).join(', ')}
      {missing.length > 0 && <span className={note}>{said.missing(missing.join(', '))}</span>}
    </span>,
    <span key="link">
      {isEnrolled ? said[link] : said.notEnrolled}
      {link === 'down' && detail && <HubSpan className={note}>{detail}</HubSpan>}
      {isEnrolled && link === 'down' && <span className={note}>{said.dials}</span>}
      {runsOutAt !== undefined && (
        <span className={note}>
          {(runsOutAt > Date.now() ? said.runsOut : said.ranOut)(clockText(runsOutAt, Date.now()))}
        </span>
      )}
      {roundTripMs !== undefined && <span className={note}>{said.roundTrip(roundTripMs)}</span>}
      {clockBehindMs !== undefined && (
        <span className={note}>{said.clockOff(Math.round(Math.abs(clockBehindMs) / 1000))}</span>
      )}
    </span>,
    <span key="version">
      {version}
      {skew && <span className={note}>{said[skew]}</span>}
    </span>,
    isEnrolled ? heard : '',
  ]
}

function Revoke({ site: { name }, revoke }: { site: SiteView; revoke(): Promise<void> }) {
  const said = siteWords()
  return (
    <AskFirst
      title={said.revokeTitle(name)}
      text={said.revokeText}
      label={said.revoke}
      act={revoke}
      trigger={
        <Button size="small" aria-label={said.revokeNamed(name)}>
          {said.revoke}
        </Button>
      }
    />
  )
}
