import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { stepOf, useFocusLater } from '../frame/line-steps.ts'
import { personKey } from '../live/board-store.ts'
import { toggleFavourite } from './favourites.ts'
import { isPersonLine, type Line, type PersonLine } from './group-people.ts'

type Scroller = RefObject<HTMLElement | null>

interface ArrowKeys {
  /** Heads of groups among them, which the keys pass over. */
  readonly all: readonly Line[]
  readonly lines: { scrollToIndex(index: number): void }
  readonly scroller: Scroller
  /** Asks for a person, by key. */
  open(key: string): void
}

/** Which line stays in sight when the list changes its width. `free`: none, the list was scrolled by hand. */
interface Sight {
  stays: 'opened' | 'active' | 'free'
  /** Who was asked for from the list, and is not shown yet; a key. */
  asked: string | undefined
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
  const sight = useRef<Sight>({ stays: 'opened', asked: undefined })

  const focusLater = useFocusLater(() => (active === undefined ? undefined : findLine(scroller, active)))

  const ask = (person: string): void => {
    sight.current = { stays: 'opened', asked: person }
    open(person)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    // A button within a line has its keys to itself.
    if (event.target instanceof HTMLButtonElement) return
    const from = stops.findIndex(({ key }) => key === lineKey(event.target))
    const stop = stops[from]
    if (!stop) return
    const act = acts[event.key]
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      act(personKey(stop.person), ask)
      return
    }
    const to = stepOf(event, from, stops.length - 1)
    const next = to === undefined ? undefined : stops[to]
    if (!next) return
    event.preventDefault()
    sight.current.stays = 'active'
    focusLater()
    setWished(next.key)
    // The head of the first group comes into sight with the first line.
    lines.scrollToIndex(to === 0 ? 0 : all.indexOf(next))
  }

  const onScrollByHand = (): void => {
    sight.current.stays = 'free'
  }

  const openLine = ({ key, person }: PersonLine): void => {
    setWished(key)
    ask(personKey(person))
  }

  return { active, sight, onKeyDown, onScrollByHand, openLine }
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

interface InSight extends Pick<ArrowKeys, 'all' | 'lines'> {
  readonly active: string | undefined
  readonly sight: RefObject<Sight>
}

/**
 * Opening the panel narrows the list, and its lines grow: the one that was opened stays in sight. The panel may come
 * late: where somebody has moved on in the list meanwhile, the line they are at stays, and none where they scrolled.
 */
export function useInSight(
  scroller: Scroller,
  selected: string | undefined,
  { all, lines, active, sight }: InSight,
): void {
  const show = useRef(() => {})
  show.current = () => {
    const { stays } = sight.current
    if (stays === 'free') return
    const isSelected = (line: Line) => isPersonLine(line) && personKey(line.person) === selected
    const current = all.findIndex((line) => line.key === active && (stays === 'active' || isSelected(line)))
    const index = current >= 0 ? current : all.findIndex(isSelected)
    if (index >= 0) lines.scrollToIndex(index)
  }
  useEffect(() => {
    // Asked for elsewhere, by a link or an address.
    if (selected !== sight.current.asked) sight.current.stays = 'opened'
    sight.current.asked = undefined
  }, [selected, sight])
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
