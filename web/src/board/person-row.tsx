// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw only the lines that can be seen
// biome-ignore-all lint/a11y/useFocusableInteractive: the line is focused, its cells are not (WAI-ARIA grid, row focus)

import { Avatar, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { memo } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { personKey } from '../live/board-store.ts'
import { useNow } from '../live/now.ts'
import { lineHover } from '../theme/themes.ts'
import { titlesOf } from '../words/system-titles.ts'
import { durationText, exactText } from '../words/time.ts'
import { FavouriteButton } from './favourite-button.tsx'
import { rowColumns } from './row-columns.ts'
import { StateText } from './state-text.tsx'
import { SystemChip } from './system-chip.tsx'

const selectedEdge = `inset 3px 0 0 ${tokens.colorBrandStroke1}`

const useStyles = makeStyles({
  row: {
    ...rowColumns,
    boxSizing: 'border-box',
    padding: '7px 16px',
    minHeight: '56px',
    alignItems: 'center',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'pointer',
    outlineStyle: 'none',
    ':hover': lineHover,
    ':focus-visible': {
      boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}`,
      borderRadius: tokens.borderRadiusMedium,
    },
  },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: selectedEdge,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover, boxShadow: selectedEdge },
  },
  person: { display: 'flex', alignItems: 'center', gap: '12px', minWidth: 0, gridArea: 'person' },
  names: { minWidth: 0, lineHeight: '18px' },
  star: {
    marginLeft: 'auto',
    color: tokens.colorNeutralForeground3,
    opacity: 0,
    '[role=row]:hover &, [role=row]:focus-within &, [role=row]:focus &': { opacity: 1 },
    '&[aria-pressed=true]': { opacity: 1, color: tokens.colorPaletteMarigoldForeground1 },
    '@media (hover: none)': { opacity: 1 },
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  upn: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  state: {
    gridArea: 'state',
    minWidth: 0,
    '@container board (max-width: 560px)': { marginLeft: '48px' },
  },
  since: {
    gridArea: 'since',
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: 'tabular-nums',
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
    '@container board (max-width: 960px)': { textAlign: 'right' },
  },
  systems: {
    gridArea: 'systems',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(max(148px, calc(100% / var(--systems) - 6px)), 1fr))',
    gap: '6px',
    minWidth: 0,
  },
})

export interface PersonRowProps {
  readonly person: PersonView
  /** 1 for the header, so the first person has 2. */
  readonly rowIndex: number
  readonly selected: boolean
  /** The one row that the Tab key reaches. */
  readonly reachable: boolean
}

/** One line of the board. Clicks and keys are heard by the grid, once for all lines. */
export const PersonRow = memo(function PersonRow({ person, rowIndex, selected, reachable }: PersonRowProps) {
  const styles = useStyles()
  const now = useNow()
  const since = person.state.since
  const titles = titlesOf(person)
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={selected}
      aria-keyshortcuts="F"
      tabIndex={reachable ? 0 : -1}
      className={mergeClasses(styles.row, selected && styles.selected)}
    >
      <div role="gridcell" className={styles.person}>
        <Avatar name={person.displayName} color="colorful" idForColor={person.upn} size={36} aria-hidden />
        <div className={styles.names}>
          <div className={mergeClasses(styles.name, styles.cut)}>{person.displayName}</div>
          <div className={mergeClasses(styles.upn, styles.cut)}>{person.upn}</div>
        </div>
        <FavouriteButton personKey={personKey(person)} inLine className={styles.star} />
      </div>
      <div role="gridcell" className={styles.state}>
        <StateText state={person.state} />
      </div>
      <div
        role="gridcell"
        className={styles.since}
        title={since ? words().board.sinceTitle(exactText(since, now)) : ''}
      >
        {since ? durationText(since, now) : ''}
      </div>
      <div role="gridcell" className={styles.systems}>
        {person.systems.map((system) => (
          <SystemChip
            key={system.connector}
            system={system}
            title={titles.system(system.connector)}
            now={now}
          />
        ))}
      </div>
    </div>
  )
})
