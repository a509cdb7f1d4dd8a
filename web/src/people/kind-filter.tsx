import { makeStyles, ToggleButton, tokens } from '@fluentui/react-components'
import type { CoverageKind, CoveragePage } from '../../../src/core/roster-port.ts'
import { rosterWords } from './roster-words.ts'

const useStyles = makeStyles({
  all: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '6px',
    flexShrink: 0,
    border: 'none',
    margin: 0,
    padding: 0,
  },
  count: { marginLeft: '6px', color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
})

interface KindFilterProps {
  readonly counts: CoveragePage['counts']
  readonly kind: CoverageKind | undefined
  choose(kind: CoverageKind | undefined): void
  /** How many never opened their own page, and whether they alone are listed. */
  readonly never: { readonly count: number; readonly only: boolean; choose(only: boolean): void }
}

/** How many stand how; a press lists them alone. */
export function KindFilter({ counts, kind, choose, never }: KindFilterProps) {
  const styles = useStyles()
  const roster = rosterWords()
  // The hub names them in the order of their weight.
  const there = (Object.keys(counts) as CoverageKind[]).filter((one) => counts[one] > 0 || one === kind)
  return (
    <fieldset aria-label={roster.filters} className={styles.all}>
      <ToggleButton size="small" checked={kind === undefined} onClick={() => choose(undefined)}>
        {roster.everyone}
      </ToggleButton>
      {there.map((one) => (
        <ToggleButton
          key={one}
          size="small"
          checked={kind === one}
          onClick={() => choose(kind === one ? undefined : one)}
        >
          {roster.kinds[one]}
          <span className={styles.count}>{counts[one]}</span>
        </ToggleButton>
      ))}
      {(never.count > 0 || never.only) && (
        <ToggleButton size="small" checked={never.only} onClick={() => never.choose(!never.only)}>
          {roster.neverCame}
          <span className={styles.count}>{never.count}</span>
        </ToggleButton>
      )}
    </fieldset>
  )
}
