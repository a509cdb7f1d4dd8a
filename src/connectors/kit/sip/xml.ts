import { SaxesParser } from 'saxes'

/** An element without its text's order: documents read here have no mixed content that matters. */
export interface Element {
  /** Without prefix. */
  readonly name: string
  /** Namespace URI; the prefix itself where it was never declared. */
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
  readonly text: string
}

interface Growing extends Element {
  readonly children: Growing[]
  text: string
}

const maxElements = 5000
const maxDepth = 32

/**
 * Reads a small document with namespaces. Entities are never expanded: a document with a DOCTYPE is refused.
 * Undefined for anything that is not well-formed or too large. Never throws.
 */
export function parseXml(text: string): Element | undefined {
  const parser = new SaxesParser({ xmlns: true })
  const path: Growing[] = []
  let root: Growing | undefined
  let count = 0
  let bad = false
  parser.on('error', (error) => {
    // An undeclared prefix is a sloppy vendor, not an unreadable document.
    if (!error.message.includes('unbound namespace prefix')) bad = true
  })
  parser.on('doctype', () => {
    bad = true
  })
  parser.on('opentag', (tag) => {
    count += 1
    if (count > maxElements || path.length >= maxDepth) bad = true
    if (bad) return
    const attributes = new Map<string, string>()
    for (const { local, value } of Object.values(tag.attributes)) attributes.set(local.toLowerCase(), value)
    const element = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' }
    path.at(-1)?.children.push(element)
    root ??= element
    path.push(element)
  })
  const addText = (more: string) => {
    const element = path.at(-1)
    if (element) element.text += more
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => void path.pop())
  parser.write(text.replace(/^[\s\uFEFF]+/, '').replace(/[\s\0]+$/, '')).close()
  return bad ? undefined : root
}

/** Descendants of that name, the element itself left out, in the order of the document. */
export function findAll(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((each) => [...(each.name === name ? [each] : []), ...findAll(each, name)])
}

/** The first child of that name: one in the element's own namespace before one of an extension. */
export function child(element: Element | undefined, name: string): Element | undefined {
  const named = element?.children.filter((each) => each.name === name) ?? []
  return named.find((each) => each.namespace === element?.namespace) ?? named[0]
}
