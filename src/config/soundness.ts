import type { Path } from './problem.ts'

/** Whether nothing at or below a place failed the schema, so that its shape can be relied on. */
export type Sound = (path: Path) => boolean

export function createSoundness(problems: readonly { readonly path: Path }[]): Sound {
  const faulty = new Set<string>()
  for (const { path } of problems) {
    for (let length = 0; length <= path.length; length++) faulty.add(JSON.stringify(path.slice(0, length)))
  }
  return (path) => !faulty.has(JSON.stringify(path))
}

/** The items of a list whose shape can be relied on, with their index. Empty for what is no list. */
export function soundItems<T>(items: readonly T[] | undefined, path: Path, sound: Sound): [number, T][] {
  if (!Array.isArray(items)) return []
  return [...(items as readonly T[]).entries()].filter(([index]) => sound([...path, index]))
}
