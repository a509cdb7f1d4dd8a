import { Link, makeStyles, tokens } from '@fluentui/react-components'
import type { AuditRow } from '../../../src/core/history.ts'
import type { PersonView } from '../../../src/core/view.ts'
import { personAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { personKey } from '../live/board-store.ts'
import { useNow } from '../live/now.ts'
import { exactText } from '../words/time.ts'

const useStyles = makeStyles({
  list: { margin: '12px 0 0', padding: 0, listStyleType: 'none' },
  item: {
    display: 'grid',
    gridTemplateColumns: '140px minmax(0, 1.2fr) minmax(0, 1fr) minmax(0, 1fr)',
    gap: '2px 16px',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
    '@media (max-width: 820px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  at: { color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
  what: { fontWeight: tokens.fontWeightSemibold },
  detail: {
    gridColumn: '2 / -1',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    '@media (max-width: 820px)': { gridColumn: '1' },
  },
})

interface AuditListProps {
  readonly entries: readonly AuditRow[]
  readonly people: ReadonlyMap<string, PersonView> | undefined
}

/** When, what, who, about whom; the detail below. */
export function AuditList({ entries, people }: AuditListProps) {
  const styles = useStyles()
  const now = useNow()
  const acts: Readonly<Record<string, string>> = words().pages.audit.acts
  return (
    <ol className={styles.list}>
      {entries.map((entry) => (
        <li key={entry.id} className={styles.item}>
          <time className={styles.at} dateTime={new Date(entry.at).toISOString()}>
            {exactText(entry.at, now)}
          </time>
          <span className={styles.what}>{acts[entry.what] ?? entry.what}</span>
          <span>{entry.who}</span>
          <About entry={entry} people={people} />
          {entry.detail !== '' && (
            <span lang="en" className={styles.detail}>
              {entry.detail}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

function About({ entry: { tenant, about }, people }: Omit<AuditListProps, 'entries'> & { entry: AuditRow }) {
  if (about === '*') return <span>{words().pages.audit.everyone}</span>
  const key = personKey({ tenant, id: about })
  const person = people?.get(key)
  return person ? (
    <Link href={personAddress(key)} inline>
      {person.displayName}
    </Link>
  ) : (
    <span>{about}</span>
  )
}
