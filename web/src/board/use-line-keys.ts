import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { personKey } from '../live/board-store.ts'

type Scroller = RefObject<HTMLElement | null>

interface ArrowKeys {
  readonly people: readonly PersonView[]
  readonly lines: { scrollToIndex(index: number): void }
  readonly scroller: Scroller
  open(key: string): void
}

const steps: Record<string, (index: number, last: number) => number> = {
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowUp: (index) => Math.max(index - 1, 0),
  PageDown: (index, last) => Math.min(index + 10, last),
  PageUp: (index) => Math.max(index - 10, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/** One line is reachable by Tab; arrows move it, also to lines that are not drawn yet. */
export function useArrowKeys({ people, lines, scroller, open }: ArrowKeys) {
  const [wished, setWished] = useState<string>()
  const wantFocus = useRef(false)
  const found = people.find((person) => personKey(person) === wished) ?? people[0]
  const active = found && personKey(found)

  // After every drawing: the line may only now have been drawn.
  useEffect(() => {
    if (!wantFocus.current || active === undefined) return
    const line = findLine(scroller, active)
    if (!line) return
    wantFocus.current = false
    line.focus({ preventScroll: true })
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const key = lineKey(event.target)
    if (key === undefined) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      open(key)
      return
    }
    const from = people.findIndex((person) => personKey(person) === key)
    const to = steps[event.key]?.(from, people.length - 1)
    const next = to === undefined ? undefined : people[to]
    if (to === undefined || !next) return
    event.preventDefault()
    wantFocus.current = true
    setWished(personKey(next))
    lines.scrollToIndex(to)
  }

  return { active, onKeyDown, focusLine: setWished }
}

/** When the panel closes, the focus returns to the line it was opened from. */
export function useFocusBack(scroller: Scroller, selected: string | undefined): void {
  const last = useRef<string>(undefined)
  useEffect(() => {
    if (selected === undefined && last.current !== undefined) findLine(scroller, last.current)?.focus()
    last.current = selected
  }, [scroller, selected])
}

/** Opening the panel narrows the list, and its lines grow: the one that was opened stays in sight. */
export function useInSight(
  scroller: Scroller,
  selected: string | undefined,
  { people, lines }: Pick<ArrowKeys, 'people' | 'lines'>,
): void {
  const show = useRef(() => {})
  show.current = () => {
    const index = people.findIndex((person) => personKey(person) === selected)
    if (index >= 0) lines.scrollToIndex(index)
  }
  useEffect(() => {
    const element = scroller.current
    if (selected === undefined || !element) return
    let frame = 0
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame)
      // The lines are measured in the frame after the one that narrowed them.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => show.current())
      })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [scroller, selected])
}

function findLine(scroller: Scroller, key: string): HTMLElement | null | undefined {
  return scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"] [role="row"]`)
}

/** The person of the line in which something happened. */
export function lineKey(target: EventTarget): string | undefined {
  const line = target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null
  return line?.dataset.key
}
