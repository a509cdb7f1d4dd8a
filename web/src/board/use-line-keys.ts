import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { stepOf, useFocusLater } from '../frame/line-steps.ts'
import { personKey } from '../live/board-store.ts'
import { toggleFavourite } from './favourites.ts'
import { isPersonLine, type Line } from './group-people.ts'

type Scroller = RefObject<HTMLElement | null>

interface ArrowKeys {
  /** Heads of groups among them, which the keys pass over. */
  readonly all: readonly Line[]
  readonly lines: { scrollToIndex(index: number): void }
  readonly scroller: Scroller
  /** Asks for a person, by key. */
  open(key: string): void
}

type Act = (person: string, open: (key: string) => void) => void

const acts: Record<string, Act> = {
  Enter: (person, open) => open(person),
  ' ': (person, open) => open(person),
  f: toggleFavourite,
}

/** One line is reachable by Tab; arrows move it, also to lines that are not drawn yet. */
export function useArrowKeys({ all, lines, scroller, open }: ArrowKeys) {
  const [wished, setWished] = useState<string>()
  const stops = useMemo(() => all.filter(isPersonLine), [all])
  const active = (stops.find(({ key }) => key === wished) ?? stops[0])?.key

  const focusLater = useFocusLater(() => (active === undefined ? undefined : findLine(scroller, active)))

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    // A button within a line has its keys to itself.
    if (event.target instanceof HTMLButtonElement) return
    const from = stops.findIndex(({ key }) => key === lineKey(event.target))
    const stop = stops[from]
    if (!stop) return
    const act = acts[event.key]
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      act(personKey(stop.person), open)
      return
    }
    const to = stepOf(event, from, stops.length - 1)
    const next = to === undefined ? undefined : stops[to]
    if (!next) return
    event.preventDefault()
    focusLater()
    setWished(next.key)
    // The head of the first group comes into sight with the first line.
    lines.scrollToIndex(to === 0 ? 0 : all.indexOf(next))
  }

  return { active, onKeyDown, focusLine: setWished }
}

/** When the panel closes, the focus returns to the line it was opened from. */
export function useFocusBack(scroller: Scroller, selected: string | undefined): void {
  const last = useRef<string>(undefined)
  useEffect(() => {
    if (selected === undefined && last.current !== undefined) {
      const lines = scroller.current?.querySelectorAll<HTMLElement>(
        `[data-person="${CSS.escape(last.current)}"] [role="row"]`,
      )
      // Of several lines of one person, the one that Tab reaches is where the panel was opened.
      const found = [...(lines ?? [])]
      ;(found.find((line) => line.tabIndex === 0) ?? found[0])?.focus()
    }
    last.current = selected
  }, [scroller, selected])
}

/** Opening the panel narrows the list, and its lines grow: the one that was opened stays in sight. */
export function useInSight(
  scroller: Scroller,
  selected: string | undefined,
  { all, lines, active }: Pick<ArrowKeys, 'all' | 'lines'> & { readonly active: string | undefined },
): void {
  const show = useRef(() => {})
  show.current = () => {
    const isSelected = (line: Line) => isPersonLine(line) && personKey(line.person) === selected
    const opened = all.findIndex((line) => line.key === active && isSelected(line))
    const index = opened >= 0 ? opened : all.findIndex(isSelected)
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
