import { type KeyboardEvent, useEffect, useRef } from 'react'

const steps: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowUp: (index) => Math.max(index - 1, 0),
  PageDown: (index, last) => Math.min(index + 10, last),
  PageUp: (index) => Math.max(index - 10, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/** Where a key leads in a list of lines; undefined for other keys. */
export function stepOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  index: number,
  last: number,
): number | undefined {
  return event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key]?.(index, last)
}

/** Answers how to ask that the line gets the focus, which it does once it is drawn: it may be out of sight before. */
export function useFocusLater(find: () => HTMLElement | null | undefined): () => void {
  const isWanted = useRef(false)
  // After every drawing.
  useEffect(() => {
    const line = isWanted.current ? find() : undefined
    if (!line) return
    isWanted.current = false
    line.focus({ preventScroll: true })
  })
  return () => {
    isWanted.current = true
  }
}
