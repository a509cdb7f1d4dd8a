import { useCallback, useState } from 'react'
import { useAnswer } from '../live/use-answer.ts'
import type { Polled } from '../live/use-polled.ts'
import { type Configuration, readConfiguration } from './configuration-client.ts'

/** The configuration in force, as far as the caller may see it; `reload` reads it again. */
export function useConfiguration(): Polled<Configuration> & { reload(): void } {
  const [round, setRound] = useState(0)
  const [last, setLast] = useState<Configuration>()
  const answer = useAnswer(String(round), async (signal) => {
    const value = await readConfiguration(signal)
    setLast(value)
    return value
  })
  const reload = useCallback(() => setRound((before) => before + 1), [])
  return { value: answer.value ?? last, error: answer.error, reload }
}
