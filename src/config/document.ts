// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written in the file
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml'
import { type Path, type Problem, readChild } from './problem.ts'

/** 100,000 people take about 12 MB; more than this is not a configuration. */
const largestBytes = 32 * 1024 * 1024
/** Aliases repeat a node; a file that multiplies itself through them is refused. */
const mostAliases = 1000
const deepest = 40

/** A parsed YAML file that still knows where everything stands. */
export interface ConfigDocument {
  /** Plain data, fresh and free to change. With `problems`, what could be made of the file in spite of them. */
  readonly value: unknown
  readonly problems: readonly Problem[]
  /** Whether what stands at the path was read before the first fault of syntax, and so as it was meant. */
  isBeforeFault(path: Path): boolean
  /** Line of the key or item at the path, else of the nearest thing around it. */
  lineOf(path: Path): number | undefined
  /** A scalar exactly as written, so that an extension 0123 keeps its zero. */
  sourceOf(path: Path): string | undefined
}

function describeYamlError(error: YAMLError, text: string): Problem {
  const [start = 0] = error.pos
  const line = error.linePos?.[0].line
  const written = text.slice(text.lastIndexOf('\n', start - 1) + 1).split('\n', 1)[0] ?? ''
  const what = error.message.split(/ at line \d|\n/, 1)[0]
  const unquoted = /[^"']\$\{/.test(written)
  return {
    path: '',
    ...(line === undefined ? {} : { line }),
    message: `is not valid YAML: ${what}`,
    fix: unquoted ? 'Write references in quotes: "${env:NAME}".' : 'Check the indentation and the quotes.',
  }
}

function refuse(message: string, fix: string): ConfigDocument {
  const nowhere = () => undefined
  return {
    value: undefined,
    problems: [{ path: '', message, fix }],
    isBeforeFault: () => false,
    lineOf: nowhere,
    sourceOf: nowhere,
  }
}

function measureDepth(node: unknown): number {
  let depth = 0
  let level: unknown[] = [node]
  while (level.length > 0 && depth <= deepest) {
    depth++
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return depth
}

/** Reads YAML within bounds of size, depth and aliases. Never throws: what is wrong is in `problems`. */
export function readDocument(text: string): ConfigDocument {
  if (Buffer.byteLength(text) > largestBytes) {
    return refuse(`is larger than ${largestBytes / 1024 / 1024} MB`, 'Keep people in the directory instead.')
  }
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof RangeError) return refuse('is nested too deeply', 'Keep to the shape of the sample.')
    if (error instanceof ReferenceError) {
      return refuse('repeats itself through too many aliases', 'Write the repeated parts out.')
    }
    throw error
  }
}

function parse(text: string): ConfigDocument {
  const counter = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: true,
    uniqueKeys: true,
    // What is wrong is told by us.
    logLevel: 'error',
  })
  const value: unknown = document.toJS({ maxAliasCount: mostAliases, mapAsMap: false })
  const exhausted = document.errors.some(({ message }) => message.includes('call stack'))
  if (exhausted || measureDepth(value) > deepest) throw new RangeError('too deep')

  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)

  function find(path: Path): { node: unknown; line: number | undefined } {
    let node: unknown = resolve(document.contents)
    let line: number | undefined
    for (const part of path) {
      let place: Node | undefined
      let child: unknown
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part))
        if (!pair) return { node: undefined, line }
        place = pair.key as Node
        child = pair.value
      } else if (isSeq(node)) {
        child = readChild(node.items, part)
        place = child as Node | undefined
      }
      const start = place?.range?.[0]
      if (start !== undefined) line = counter.linePos(start).line
      node = resolve(child)
    }
    return { node, line }
  }

  const faultLine = Math.min(...document.errors.map(({ pos }) => counter.linePos(pos[0]).line))

  return {
    value,
    isBeforeFault(path) {
      const { node } = find(path)
      const end = isNode(node) ? node.range?.[1] : undefined
      return end !== undefined && counter.linePos(Math.max(0, end - 1)).line < faultLine
    },
    // What follows the first fault of syntax is mostly its echo.
    problems: document.errors.slice(0, 1).map((error) => describeYamlError(error, text)),
    lineOf: (path) => find(path).line,
    sourceOf: (path) => {
      const { node } = find(path)
      return isScalar(node) ? node.source : undefined
    },
  }
}
