import { useEffect, useState } from 'react'

/** Long enough for the next letter of a word. */
const typingMs = 250

/** What is typed, once typing has paused: nobody is asked at every letter. */
export function useSettled(text: string): string {
  const [settled, settle] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => settle(text), typingMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
