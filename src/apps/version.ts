import { readFileSync } from 'node:fs'

/** The program's own version, from its package. */
export const version: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version

/** By the three numbers of a version (semantic versioning); what is none of them counts as nothing. Below 0: `one` is older. */
export function compareVersions(one: string, other: string): number {
  const numbersOf = (text: string) =>
    text
      .split(/[-+]/)[0]!
      .split('.')
      .map((part) => Number(part) || 0)
  const [a, b] = [numbersOf(one), numbersOf(other)]
  const at = [0, 1, 2].find((index) => (a[index] ?? 0) !== (b[index] ?? 0))
  return at === undefined ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
