import { parseDocument, visit } from 'yaml'
import { readDocument } from './document.ts'
import type { Problem } from './problem.ts'
import { type ReferenceSource, resolveReferences } from './reference.ts'
import { writeYaml } from './yaml-text.ts'

/**
 * A configuration file as it can be stored: what it refers to in files and in the environment stands in it, and the part
 * that says where the store is does not. References to sealed secrets stay.
 */
export function inlineReferences(
  text: string,
  source: Omit<ReferenceSource, 'secret'>,
): string | readonly Problem[] {
  const read = readDocument(text)
  if (read.problems.length > 0) return read.problems
  const document = parseDocument(text)
  document.delete('store')
  const problems: Problem[] = []
  visit(document, {
    Scalar(_key, node) {
      const { value } = node
      if (typeof value !== 'string' || !value.includes('${') || /^\$\{secret:[^}]+\}$/.test(value)) return
      const { value: inlined, failures } = resolveReferences(value, source)
      const line = node.range ? text.slice(0, node.range[0]).split('\n').length : 0
      problems.push(...failures.map(({ message, fix }) => ({ path: '', line, message, fix })))
      node.value = plainOf(String(inlined))
    },
  })
  return problems.length > 0 ? problems : writeYaml(document)
}

/** A reference may stand for a number or a switch; what is meant as text is read as text again. */
function plainOf(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true'
  if (/^-?\d{1,15}$/.test(value) && String(Number(value)) === value) return Number(value)
  return value.replaceAll('${', '$${')
}
