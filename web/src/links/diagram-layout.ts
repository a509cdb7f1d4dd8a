export interface Point {
  readonly x: number
  readonly y: number
}

export const nodeSize = { width: 168, height: 52 } as const
const width = 760
const margin = 16
/** How far the two directions between two systems stand apart. */
const bow = 34
const head = { length: 11, half: 6 } as const

export interface Layout {
  readonly width: number
  readonly height: number
  /** Centres, in the order of the systems. */
  readonly nodes: readonly Point[]
}

/** Systems on an ellipse, the first at the left, so that every link is a line of its own. */
export function layOut(count: number): Layout {
  const height = count <= 2 ? 150 : count <= 4 ? 320 : 420
  const centre = { x: width / 2, y: height / 2 }
  const reach = {
    x: width / 2 - nodeSize.width / 2 - margin,
    y: count <= 2 ? 0 : height / 2 - nodeSize.height / 2 - margin,
  }
  const nodes = Array.from({ length: count }, (_, index): Point => {
    const angle = Math.PI + (2 * Math.PI * index) / Math.max(count, 1)
    if (count === 1) return centre
    return { x: centre.x + reach.x * Math.cos(angle), y: centre.y + reach.y * Math.sin(angle) }
  })
  return { width, height, nodes }
}

export interface Arrow {
  /** Of the line. */
  readonly path: string
  /** Corners of the head. */
  readonly head: string
  /** Where a word about it fits. */
  readonly label: Point
}

/** A bowed line from the edge of one node to that of another, with a head. */
export function drawArrow(from: Point, to: Point): Arrow {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const normal = { x: -dy / length, y: dx / length }
  const control = { x: (from.x + to.x) / 2 + normal.x * bow * 2, y: (from.y + to.y) / 2 + normal.y * bow * 2 }
  const start = edgeTowards(from, control)
  const end = edgeTowards(to, control)
  const back = Math.hypot(end.x - control.x, end.y - control.y) || 1
  const along = { x: (end.x - control.x) / back, y: (end.y - control.y) / back }
  const base = { x: end.x - along.x * head.length, y: end.y - along.y * head.length }
  const side = { x: -along.y * head.half, y: along.x * head.half }
  const corners = [
    end,
    { x: base.x + side.x, y: base.y + side.y },
    { x: base.x - side.x, y: base.y - side.y },
  ]
  return {
    path: `M${at(start)}Q${at(control)} ${at(base)}`,
    head: corners.map(at).join(' '),
    label: {
      x: (start.x + 2 * control.x + end.x) / 4,
      y: (start.y + 2 * control.y + end.y) / 4,
    },
  }
}

const at = ({ x, y }: Point) => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`

/** Where the line from the centre of a node towards a point leaves the node. */
function edgeTowards(centre: Point, towards: Point): Point {
  const [dx, dy] = [towards.x - centre.x, towards.y - centre.y]
  const gap = 4
  const across = dx === 0 ? Number.POSITIVE_INFINITY : (nodeSize.width / 2 + gap) / Math.abs(dx)
  const down = dy === 0 ? Number.POSITIVE_INFINITY : (nodeSize.height / 2 + gap) / Math.abs(dy)
  const scale = Math.min(across, down)
  return { x: centre.x + dx * scale, y: centre.y + dy * scale }
}
