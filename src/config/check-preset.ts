import type { PresetIndex } from './preset-index.ts'
import type { Path } from './problem.ts'
import type { SchemaProblem } from './schema-error.ts'
import { suggestFix } from './suggest.ts'

/** Kinds of the two ends of a link, where they are known. */
export interface LinkKinds {
  readonly from: string | undefined
  readonly to: string | undefined
}

/** A preset that does not exist. */
export function checkPresetId(
  id: string | undefined,
  path: Path,
  presets: PresetIndex | undefined,
): readonly SchemaProblem[] {
  if (id === undefined || !presets || presets.ids.includes(id)) return []
  return [{ path, message: 'is not the name of a preset', fix: suggestFix(id, presets.ids) }]
}

/** A preset named at a link that has no table for its direction. */
export function checkPresetDirection(
  id: string | undefined,
  path: Path,
  { kinds, presets }: { readonly kinds: LinkKinds; readonly presets: PresetIndex | undefined },
): readonly SchemaProblem[] {
  if (id === undefined || !presets?.ids.includes(id) || !kinds.from || !kinds.to) return []
  const direction = presets.directionOf(kinds.from, kinds.to)
  const known = presets.directionsOf(id)
  if (direction === undefined || known.includes(direction)) return []
  return [
    {
      path,
      message: `has no table for ${direction}`,
      fix: `It has: ${known.join(', ')}. Name another preset for this link, or none.`,
    },
  ]
}
