import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

/** Members of objects whose text is shown to people. */
const told = new Set([
  'refused',
  'message',
  'detail',
  'fix',
  'text',
  'title',
  'words',
  'why',
  'reason',
  'done',
])
/** Tables whose values are told to people: what to do about a code, what is behind it. */
const tables = /(?:fixes|faults|problems|reasons)$/i
/** What is made or called with a text for people, and which argument it is. */
const made: Readonly<Record<string, number>> = {
  ...{ HttpProblem: 1, ConnectorFailure: 1, EntraRefusal: 1 },
  ...{ withFix: 0, Unresolved: 0, NothingToEdit: 0 },
  ...{ ok: 0, info: 0, warning: 0, failed: 0, fail: 0, good: 0, bad: 0, problem: 0 },
}

export interface Sentence {
  readonly file: string
  /** As it reads, with `71`, `72` ... for what is put in. */
  readonly text: string
}

/** Sentences that files say to people, found where such sentences stand in the source. */
export function sentencesOf(patterns: readonly string[]): readonly Sentence[] {
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()
  const found = new Map<string, string>()
  for (const file of files) {
    if (file.endsWith('.test.ts')) continue
    const tree = parseAst(readFileSync(root + file, 'utf8'), { lang: 'ts' }) as unknown as Node
    for (const text of textsIn(tree)) if (isSentence(text)) found.set(text, file)
  }
  return [...found].map(([text, file]) => ({ file, text }))
}

/** Two words at least, one of them in small letters; not what is put together of values alone. */
function isSentence(text: string): boolean {
  const words = text.match(/\p{L}{2,}/gu) ?? []
  return words.length > 1 && words.some((word) => /^\p{Ll}/u.test(word)) && text.includes(' ')
}

function* textsIn(node: Node): Generator<string> {
  // Schemas describe the API to programs.
  if (node.type === 'CallExpression' && nameOf(objectOf(node.callee as Node)) === 'Type') return
  yield* textsAt(node)
  for (const child of childrenOf(node)) yield* textsIn(child)
}

function* textsAt(node: Node): Generator<string> {
  if (node.type === 'Property' && !node.computed && told.has(nameOf(node.key as Node))) {
    yield* literalsOf(node.value as Node)
  }
  if (node.type === 'VariableDeclarator' && told.has(nameOf(node.id as Node)) && node.init) {
    yield* literalsOf(node.init as Node)
  }
  if (node.type === 'VariableDeclarator' && tables.test(nameOf(node.id as Node)) && node.init) {
    yield* entriesOf(node.init as Node)
  }
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return
  const at = made[nameOf(node.callee as Node)]
  if (at === undefined) return
  for (const argument of (node.arguments as Node[]).slice(at)) yield* literalsOf(argument)
}

/** The texts of a table, in lists or not. */
function* entriesOf(node: Node): Generator<string> {
  if (node.type === 'ObjectExpression') {
    for (const one of node.properties as Node[])
      if (one.type === 'Property') yield* entriesOf(one.value as Node)
  } else if (node.type === 'ArrayExpression') {
    for (const one of node.elements as Node[]) yield* entriesOf(one)
  } else yield* literalsOf(node)
}

/** Of a value: the texts that it may be. What is called with texts has its own. */
function* literalsOf(node: Node): Generator<string> {
  if (node.type === 'Literal' && typeof node.value === 'string') yield node.value
  if (node.type === 'TemplateLiteral') {
    const parts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked)
    yield parts.map((part, index) => (index === 0 ? part : `7${index}${part}`)).join('')
    for (const one of node.expressions as Node[]) yield* literalsOf(one)
  }
  if (node.type === 'ConditionalExpression') {
    yield* literalsOf(node.consequent as Node)
    yield* literalsOf(node.alternate as Node)
  }
  if (node.type === 'LogicalExpression' || node.type === 'BinaryExpression') {
    if (node.operator !== '??' && node.operator !== '||') return
    yield* literalsOf(node.right as Node)
  }
}

function objectOf(node: Node): Node {
  return node.type === 'MemberExpression' ? (node.object as Node) : node
}

function nameOf(node: Node): string {
  return typeof node.name === 'string' ? node.name : ''
}

function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'object' && one !== null && typeof one.type === 'string') yield one as Node
    }
  }
}
