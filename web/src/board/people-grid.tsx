// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw only the lines that can be seen
// biome-ignore-all lint/a11y/useFocusableInteractive: the line is focused, its cells are not (WAI-ARIA grid, row focus)

import { makeStyles, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type MouseEvent, useMemo, useRef } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { personKey } from '../live/board-store.ts'
import type { Order } from './choose-people.ts'
import { GridHead } from './grid-head.tsx'
import { PersonRow } from './person-row.tsx'
import { lineKey, useArrowKeys, useFocusBack, useInSight } from './use-line-keys.ts'

const useStyles = makeStyles({
  scroller: {
    flex: '1 1 0',
    minHeight: 0,
    overflowY: 'auto',
    overflowX: 'hidden',
    containerType: 'inline-size',
    containerName: 'board',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  lines: { position: 'relative', width: '100%' },
  line: { position: 'absolute', top: 0, left: 0, right: 0 },
})

export interface PeopleGridProps {
  readonly people: readonly PersonView[]
  readonly selected: string | undefined
  readonly order: Order
  setOrder(order: Order): void
  open(key: string): void
}

/** Everyone who was chosen, in a window that draws only what can be seen. Arrow keys move, Enter asks "why?". */
export function PeopleGrid({ people, selected, order, setOrder, open }: PeopleGridProps) {
  const styles = useStyles()
  const most = useMemo(() => Math.max(1, ...people.map(({ systems }) => systems.length)), [people])
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 57,
    overscan: 8,
    scrollPaddingStart: 40,
    getItemKey: (index) => personKey(people[index]!),
  })
  const { active, onKeyDown, focusLine } = useArrowKeys({ people, lines, scroller, open })

  useFocusBack(scroller, selected)
  useInSight(scroller, selected, { people, lines })

  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const key = lineKey(event.target)
    if (key === undefined) return
    focusLine(key)
    open(key)
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={words().board.people}
      aria-rowcount={people.length + 1}
      className={styles.scroller}
      style={{ '--systems': most } as CSSProperties}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <GridHead order={order} setOrder={setOrder} />
      <div role="rowgroup" className={styles.lines} style={{ height: lines.getTotalSize() }}>
        {lines.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            role="presentation"
            ref={lines.measureElement}
            data-index={index}
            data-key={key}
            className={styles.line}
            style={{ transform: `translateY(${start}px)` }}
          >
            <PersonRow
              person={people[index]!}
              rowIndex={index + 2}
              selected={key === selected}
              reachable={key === active}
            />
          </div>
        ))}
      </div>
    </div>
  )
}
