import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { ConfigVersion } from '../../../src/core/config-port.ts'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { useAnswer } from '../live/use-answer.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { exactText } from '../words/time.ts'
import type { Configuration, TenantItem } from './configuration-client.ts'
import { GoBack } from './go-back.tsx'
import { VersionChanges } from './version-changes.tsx'
import { goBack, readVersions } from './versions-client.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  entry: { padding: '10px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'center' },
  number: { fontWeight: tokens.fontWeightSemibold },
  about: { color: tokens.colorNeutralForeground2 },
  comment: { flexBasis: '100%', overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginLeft: 'auto' },
  error: { color: tokens.colorPaletteRedForeground1 },
  more: { marginTop: '12px' },
})

const shownAtOnce = 8

export interface VersionHistoryProps {
  readonly configuration: Configuration
  /** Left out: the whole configuration, for whoever runs the hub. */
  readonly tenant?: TenantItem
  done(text: string): void
}

/** Versions of one tenant, or of everything: who, when, why, what changed, and the way back. */
export function VersionHistory(props: VersionHistoryProps) {
  const styles = useStyles()
  const { versions: said } = words()
  const { configuration, tenant } = props
  const [shown, setShown] = useState(shownAtOnce)
  const found = useAnswer(String(configuration.version), readVersions)
  if (configuration.source === 'file') return <PageEmpty>{said.inFile}</PageEmpty>
  if (found.error) return <PageFailed reason={found.error.message} />
  if (!found.value) return <PageLoading />
  const all = found.value.filter(({ tenants }) => !tenant || (tenants?.includes(tenant.id) ?? true))
  if (all.length === 0) return <PageEmpty>{said.none}</PageEmpty>
  return (
    <>
      <ol className={styles.list}>
        {all.slice(0, shown).map((version, index) => (
          <Entry key={version.version} {...props} version={version} inForce={index === 0} />
        ))}
      </ol>
      {all.length > shown && (
        <Button className={styles.more} onClick={() => setShown(shown + 20)}>
          {said.more(all.length - shown)}
        </Button>
      )}
    </>
  )
}

function Entry(props: VersionHistoryProps & { version: ConfigVersion; inForce: boolean }) {
  const styles = useStyles()
  const { versions: said } = words()
  const { version, inForce, tenant, done } = props
  const { version: number, at, author, comment } = version
  const [open, setOpen] = useState(false)
  const [error, setError] = useState<string>()
  const back = () =>
    void goBack(number, tenant?.id).then(
      () => done(said.done(number)),
      (reason: Error) => setError(reason.message),
    )
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <span className={styles.number}>{said.version(number)}</span>
        <span className={styles.about}>
          {[exactText(at, Date.now()), said.by(author), inForce ? said.inForce : '']
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
        <span className={styles.buttons}>
          <Button
            size="small"
            aria-expanded={open}
            {...(!open && { 'aria-label': said.lookAt(number) })}
            onClick={() => setOpen(!open)}
          >
            {open ? said.hide : said.look}
          </Button>
          {!inForce && <GoBack {...{ number, back }} whole={tenant === undefined} />}
        </span>
        {comment !== '' && <span className={styles.comment}>{comment}</span>}
      </div>
      {error !== undefined && (
        <p role="alert" className={styles.error}>
          <HubSpan>{error}</HubSpan>
        </p>
      )}
      {open && <VersionChanges {...props} failed={(reason) => setError(reason.message)} />}
    </li>
  )
}
