import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  table: { borderCollapse: 'collapse', width: '100%' },
  caption: { textAlign: 'left', padding: '0 0 6px', fontWeight: tokens.fontWeightSemibold },
  head: {
    padding: '4px 12px 4px 0',
    textAlign: 'left',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  // On a telephone each line is a card, with the head before each cell.
  narrow: {
    '@media (max-width: 520px)': {
      display: 'block',
      '& tbody, & tr': { display: 'block' },
      '& thead': { display: 'none' },
      '& tr': { padding: '4px 0' },
      '& td': { display: 'flex', gap: '12px', padding: '4px 0', minWidth: 0 },
      '& td::before': {
        content: 'attr(data-head)',
        flex: '0 0 96px',
        color: tokens.colorNeutralForeground3,
        fontSize: tokens.fontSizeBase200,
      },
    },
  },
  cell: { padding: '8px 12px 8px 0', verticalAlign: 'top', overflowWrap: 'anywhere', minWidth: '84px' },
})

/** So many columns fit on a telephone. */
const mostHeads = 3

/** One line of a table: its key, and a cell for each column. */
export interface TableLine {
  readonly key: string
  readonly cells: readonly ReactNode[]
}

/** A table of a page; where it is wider than the page, it scrolls by itself, or is told line by line on a telephone. */
export function DataTable(props: {
  label: string
  heads: readonly string[]
  lines: readonly TableLine[]
  /** Shown above it, too. */
  caption?: boolean
}) {
  const styles = useStyles()
  const { label, heads, lines, caption = false } = props
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      <table
        className={mergeClasses(styles.table, heads.length > mostHeads && styles.narrow)}
        {...(!caption && { 'aria-label': label })}
      >
        {caption && <caption className={styles.caption}>{label}</caption>}
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={styles.head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, cells }) => (
            <tr key={key} className={styles.row}>
              {cells.map((cell, index) => (
                <td key={heads[index]} data-head={heads[index]} className={styles.cell}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
