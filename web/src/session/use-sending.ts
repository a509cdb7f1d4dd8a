import { useState } from 'react'
import { refusalText } from '../live/http.ts'

/** A form that is sent: whether it is on its way, and why it was refused. */
export function useSending(): {
  readonly busy: boolean
  readonly refused: string | undefined
  send(act: () => Promise<void>): void
} {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string>()
  const send = (act: () => Promise<void>): void => {
    setBusy(true)
    setRefused(undefined)
    act()
      .catch((error: unknown) => setRefused(refusalText(error)))
      .finally(() => setBusy(false))
  }
  return { busy, refused, send }
}
