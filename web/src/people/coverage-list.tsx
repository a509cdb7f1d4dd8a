import { makeStyles, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { CoverageRow } from '../../../src/core/roster-port.ts'
import { stepOf, useFocusLater } from '../frame/line-steps.ts'
import { words } from '../language/words.ts'
import { CoverageLine } from './coverage-line.tsx'
import { rosterWords } from './roster-words.ts'
import type { Coverage } from './use-coverage.ts'

const useStyles = makeStyles({
  scroller: {
    flex: '1 1 0',
    minHeight: '180px',
    overflowY: 'auto',
    overflowX: 'hidden',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  lines: { position: 'relative', width: '100%', margin: 0, padding: 0, listStyleType: 'none' },
  line: {
    position: 'absolute',
    top: 0,
    left: 0,
    right: 0,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  waiting: {
    height: '56px',
    padding: '18px 16px',
    boxSizing: 'border-box',
    color: tokens.colorNeutralForeground3,
  },
})

interface CoverageListProps {
  readonly coverage: Coverage
  open(row: CoverageRow): void
}

/** Everyone who fits, drawn as far as they can be seen. Arrow keys move, Enter tells more. */
export function CoverageList({ coverage, open }: CoverageListProps) {
  const styles = useStyles()
  const scroller = useRef<HTMLDivElement>(null)
  const { rows, total, need } = coverage
  const lines = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => 57,
    overscan: 8,
  })
  const drawn = lines.getVirtualItems()
  const [first, last] = [drawn[0]?.index, drawn.at(-1)?.index]
  useEffect(() => {
    if (first !== undefined && last !== undefined) need(first, last)
  })
  const { active, onKeyDown } = useMovingFocus(scroller, total, (index) => lines.scrollToIndex(index))
  return (
    <div ref={scroller} className={styles.scroller}>
      <ul
        aria-label={words().board.people}
        className={styles.lines}
        style={{ height: lines.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {drawn.map(({ index, key, start }) => {
          const row = rows.get(index)
          return (
            <li
              key={key}
              ref={lines.measureElement}
              data-index={index}
              aria-setsize={total}
              aria-posinset={index + 1}
              className={styles.line}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row ? (
                <CoverageLine row={row} reachable={index === active} open={() => open(row)} />
              ) : (
                <div className={styles.waiting}>{rosterWords().loading}</div>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** One line is reachable by Tab; arrows move it, also to lines that are not drawn yet. */
function useMovingFocus(
  scroller: { readonly current: HTMLElement | null },
  total: number,
  show: (index: number) => void,
) {
  const [wished, setWished] = useState(0)
  const active = Math.min(wished, Math.max(0, total - 1))
  const focusLater = useFocusLater(() =>
    scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"] button`),
  )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const to = stepOf(event, active, total - 1)
    if (to === undefined) return
    event.preventDefault()
    focusLater()
    setWished(to)
    show(to)
  }
  return { active, onKeyDown }
}
