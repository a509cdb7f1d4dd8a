import { type RefObject, useEffect, useState } from 'react'

/** Long enough to read a page of tiles from across a room. */
const turnMs = 12_000

const least = { width: 300, height: 104 }
const gap = 16

interface WallPages {
  /** How many tiles a page has, at least one. */
  readonly size: number
  readonly columns: number
  readonly page: number
  readonly pages: number
}

/** How many tiles fit the window; where more are there than fit, the pages are turned by themselves. */
export function useWallPages(frame: RefObject<HTMLElement | null>, count: number): WallPages {
  const [fit, setFit] = useState({ columns: 1, rows: 1 })
  const [turned, setTurned] = useState(0)
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {}
      setFit({ columns: fitting(width, least.width), rows: fitting(height, least.height) })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  const size = fit.columns * fit.rows
  const pages = Math.max(1, Math.ceil(count / size))
  useEffect(() => {
    if (pages === 1) return
    const timer = setInterval(() => setTurned((before) => before + 1), turnMs)
    return () => clearInterval(timer)
  }, [pages])
  return { size, columns: fit.columns, page: turned % pages, pages }
}

function fitting(length: number, one: number): number {
  return Math.max(1, Math.floor((length + gap) / (one + gap)))
}
