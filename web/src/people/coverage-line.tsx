import { makeStyles, tokens } from '@fluentui/react-components'
import type { CoverageRow } from '../../../src/core/roster-port.ts'
import { lineHover } from '../theme/themes.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { asPhrase } from '../words/presence-words.ts'
import { readableAddresses } from '../words/system-titles.ts'
import { KindMark } from './kind-mark.tsx'

const useStyles = makeStyles({
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1.1fr) minmax(0, 0.8fr) minmax(0, 1.6fr)',
    gap: '2px 16px',
    alignItems: 'center',
    width: '100%',
    minHeight: '56px',
    boxSizing: 'border-box',
    padding: '8px 16px',
    border: 'none',
    textAlign: 'left',
    font: 'inherit',
    color: 'inherit',
    backgroundColor: 'transparent',
    cursor: 'pointer',
    ':hover': lineHover,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '@media (max-width: 820px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  name: { fontWeight: tokens.fontWeightSemibold },
  aside: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  reason: { display: 'block' },
  marks: { display: 'flex', flexWrap: 'wrap', gap: '2px 14px' },
})

interface CoverageLineProps {
  readonly row: CoverageRow
  /** By Tab. */
  readonly reachable: boolean
  open(): void
}

/** One person: who, where, and how they stand; the weightiest reason in words. */
export function CoverageLine({ row, reachable, open }: CoverageLineProps) {
  const styles = useStyles()
  const { displayName, upn, kinds, notes, systems } = row
  const places = systems.map(({ connector, addresses }) =>
    [connector, ...readableAddresses(addresses)].join(' '),
  )
  return (
    <button type="button" className={styles.line} tabIndex={reachable ? 0 : -1} onClick={open}>
      <span className={styles.cut}>
        <span className={styles.name}>{displayName}</span>
        {displayName !== upn && (
          <>
            <br />
            <span className={styles.aside}>{upn}</span>
          </>
        )}
      </span>
      <span className={`${styles.cut} ${styles.aside}`}>{places.join(' · ')}</span>
      <span>
        <span className={styles.marks}>
          {kinds.map((kind) => (
            <KindMark key={kind} kind={kind} />
          ))}
        </span>
        {notes[0] && kinds[0] !== 'synced' && (
          <HubSpan className={`${styles.cut} ${styles.aside} ${styles.reason}`}>
            {asPhrase(notes[0].reason)}
          </HubSpan>
        )}
      </span>
    </button>
  )
}
