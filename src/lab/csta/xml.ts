import { SaxesParser } from 'saxes'

/** An element by local names only: requests come in any edition's namespace. */
export interface Node {
  readonly name: string
  readonly namespace: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
  readonly text: string
}

type Growing = { -readonly [Key in keyof Node]: Node[Key] } & { readonly children: Growing[] }

/** Undefined for what is not well-formed. */
export function readXml(text: string): Node | undefined {
  const parser = new SaxesParser({ xmlns: true })
  const path: Growing[] = []
  let root: Growing | undefined
  let bad = false
  parser.on('error', () => {
    bad = true
  })
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(
      Object.values(tag.attributes).map((each) => [each.local, each.value]),
    )
    const node: Growing = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' }
    path.at(-1)?.children.push(node)
    root ??= node
    path.push(node)
  })
  parser.on('text', (more) => {
    const node = path.at(-1)
    if (node) node.text += more
  })
  parser.on('closetag', () => void path.pop())
  parser.write(text).close()
  return bad ? undefined : root
}

/** The first element of that name, at any depth. */
export function find(node: Node | undefined, name: string): Node | undefined {
  for (const child of node?.children ?? []) {
    if (child.name === name) return child
    const deeper = find(child, name)
    if (deeper) return deeper
  }
  return undefined
}

type Text = string | number | boolean

/** Elements by name: text, or more of them; a list repeats its element. */
export interface Content {
  readonly [name: string]: Text | Content | readonly (Text | Content)[]
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

export function writeXml(name: string, content: Text | Content, namespace?: string): string {
  const opening = `<${name}${namespace === undefined ? '' : ` xmlns="${namespace}"`}>`
  if (typeof content !== 'object') {
    return `${opening}${String(content).replace(/[&<>]/g, (each) => escapes[each]!)}</${name}>`
  }
  const inner = Object.entries(content).flatMap(([key, value]) =>
    [value].flat().map((each: Text | Content) => writeXml(key, each)),
  )
  return `${opening}${inner.join('')}</${name}>`
}
