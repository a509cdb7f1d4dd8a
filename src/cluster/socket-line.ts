import type { Bus } from '../core/bus.ts'

/** One message of a line; neither text nor close: that end is over. */
export interface LineFrame {
  readonly text?: string
  readonly close?: { readonly code: number; readonly reason: string }
}

interface Numbered extends LineFrame {
  /** From 0, without a gap. */
  readonly number: number
}

/** A number that fits nowhere: whoever hears it breaks the line off. */
export const lineIsBroken: Numbered = { number: -1 }

export interface LineParts {
  /** Subjects of the two directions. */
  readonly hears: string
  readonly tells: string
  readonly heard: (frame: LineFrame) => void
  /** Something was lost, or no server of the bus can be reached; told once, and nothing after it. */
  readonly broken: () => void
}

/** Two ends over a bus that may lose messages: each arrives in its order, or the line breaks at both ends. */
export function openLine(bus: Bus, { hears, tells, heard, broken }: LineParts) {
  let sent = 0
  let next = 0
  let isOver = false
  const end = () => {
    if (isOver) return
    isOver = true
    hearing.end()
    watching.end()
  }
  const breakOff = () => {
    if (isOver) return
    end()
    if (bus.connected) bus.tell(tells, lineIsBroken)
    broken()
  }
  const hearing = bus.hear(hears, (message) => {
    if (isOver) return
    const { number, ...frame } = message as Numbered
    if (number !== next) return breakOff()
    next += 1
    heard(frame)
  })
  const watching = bus.watch((connected) => {
    if (!connected) breakOff()
  })
  return {
    tell(frame: LineFrame): void {
      if (isOver) return
      try {
        bus.tell(tells, { number: sent, ...frame } satisfies Numbered)
        sent += 1
      } catch {
        breakOff()
      }
    },
    end,
  }
}
