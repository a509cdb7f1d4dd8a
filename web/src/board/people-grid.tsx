// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw only the lines that can be seen
// biome-ignore-all lint/a11y/useFocusableInteractive: the line is focused, its cells are not (WAI-ARIA grid, row focus)

import { makeStyles, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type MouseEvent, useMemo, useRef } from 'react'
import { words } from '../language/words.ts'
import { personKey } from '../live/board-store.ts'
import type { Order } from './choose-people.ts'
import { GridHead } from './grid-head.tsx'
import { isPersonLine, type Line } from './group-people.ts'
import { GroupRow } from './group-row.tsx'
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
  readonly lines: readonly Line[]
  /** Key of a person. */
  readonly selected: string | undefined
  readonly order: Order
  setOrder(order: Order): void
  /** Asks for a person, by key. */
  open(key: string): void
}

/** Everyone who was chosen, in a window that draws only what can be seen. Arrow keys move, Enter asks "why?". */
export function PeopleGrid({ lines: all, selected, order, setOrder, open }: PeopleGridProps) {
  const styles = useStyles()
  const most = useMemo(() => mostSystems(all), [all])
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useVirtualizer({
    count: all.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isPersonLine(all[index]!) ? 57 : 36),
    overscan: 8,
    scrollPaddingStart: 40,
    getItemKey: (index) => all[index]!.key,
  })
  const keys = useArrowKeys({ all, lines, scroller, open })

  useFocusBack(scroller, selected)
  useInSight(scroller, selected, { all, lines, active: keys.active, sight: keys.sight })

  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const key = lineKey(event.target)
    const line = all.find((one) => one.key === key)
    if (line && isPersonLine(line)) keys.openLine(line)
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={words().board.people}
      aria-rowcount={all.length + 1}
      className={styles.scroller}
      style={{ '--systems': most } as CSSProperties}
      onKeyDown={keys.onKeyDown}
      onWheel={keys.onScrollByHand}
      onTouchMove={keys.onScrollByHand}
      onClick={onClick}
    >
      <GridHead order={order} setOrder={setOrder} />
      <div role="rowgroup" className={styles.lines} style={{ height: lines.getTotalSize() }}>
        {lines.getVirtualItems().map(({ index, key, start }) => {
          const line = all[index]!
          const whose = isPersonLine(line) ? personKey(line.person) : undefined
          return (
            <div
              key={key}
              role="presentation"
              ref={lines.measureElement}
              data-index={index}
              data-key={key}
              data-person={whose}
              className={styles.line}
              style={{ transform: `translateY(${start}px)` }}
            >
              {isPersonLine(line) ? (
                <PersonRow
                  person={line.person}
                  rowIndex={index + 2}
                  selected={whose === selected}
                  reachable={key === keys.active}
                />
              ) : (
                <GroupRow group={line} rowIndex={index + 2} />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Not by spreading: the arguments of a call have an end, and a board has thousands of lines. */
function mostSystems(lines: readonly Line[]): number {
  let most = 1
  for (const line of lines) {
    if (isPersonLine(line)) most = Math.max(most, line.person.systems.length)
  }
  return most
}
