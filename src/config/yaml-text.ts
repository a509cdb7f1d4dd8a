import { type Document, visit } from 'yaml'

/** The text of a changed document. An unquoted 0123 or +49 is a text to us; YAML would write it back as a number. */
export function writeYaml(document: Document): string {
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value !== 'number' || node.source === undefined) return
      if (node.source !== String(node.value)) node.value = node.source
    },
  })
  return document.toString({ lineWidth: 0 })
}
