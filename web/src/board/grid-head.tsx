// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw only the lines that can be seen
// biome-ignore-all lint/a11y/useFocusableInteractive: the line is focused, its cells are not (WAI-ARIA grid, row focus)

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowSortDownRegular } from '@fluentui/react-icons/svg/arrow-sort-down'
import { words } from '../language/words.ts'
import type { Order } from './choose-people.ts'
import { rowColumns } from './row-columns.ts'

const useStyles = makeStyles({
  head: {
    ...rowColumns,
    position: 'sticky',
    top: 0,
    zIndex: 1,
    padding: '0 16px',
    height: '36px',
    alignItems: 'center',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    '@container board (max-width: 960px)': { display: 'none' },
  },
  sorter: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    padding: '4px 6px',
    marginLeft: '-6px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: 'inherit',
    font: 'inherit',
    cursor: 'pointer',
    ':hover': {
      backgroundColor: tokens.colorNeutralBackground1Hover,
      color: tokens.colorNeutralForeground1Hover,
    },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  on: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
})

const columns = [
  ['person', 'name'],
  ['state', 'busyFirst'],
  ['sinceHead', 'newest'],
  ['systemsHead', undefined],
] as const

const directions = { name: 'ascending', busyFirst: 'other', newest: 'descending' } as const

/** Names of the columns; the first three sort. */
export function GridHead({ order, setOrder }: { order: Order; setOrder(order: Order): void }) {
  const styles = useStyles()
  const { board } = words()
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={styles.head}>
        {columns.map(([name, sorts]) => (
          <div key={name} role="columnheader" aria-sort={sorts === order ? directions[order] : 'none'}>
            {sorts ? (
              <button
                type="button"
                className={mergeClasses(styles.sorter, sorts === order && styles.on)}
                onClick={() => setOrder(sorts)}
              >
                {board[name]}
                {sorts === order && <ArrowSortDownRegular />}
              </button>
            ) : (
              board[name]
            )}
          </div>
        ))}
      </div>
    </div>
  )
}
