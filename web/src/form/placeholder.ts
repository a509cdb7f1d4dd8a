import type { JsonSchema } from '../../../src/core/connector.ts'
import { textOf } from './field-kind.ts'

/** What counts where nothing is given, or an example of what may be. */
export function exampleOf({ default: fallback, examples }: JsonSchema): string {
  if (fallback !== undefined) return textOf(fallback)
  return Array.isArray(examples) ? textOf(examples[0]) : ''
}
