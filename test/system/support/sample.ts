import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(
  process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../../../../shared/contracts'),
  'samples',
)

/** Published samples of what a system says, by their names; `vitest.config.ts` leaves tests out where the file is not. */
export function readSamples(file: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)

/**
 * What `said` has that `sample` has not: names of fields, and other types under the same names. Null on either side goes
 * with everything; of a list each element has to go with one of the sample's, whose best fit is told.
 */
export function strangeIn(said: unknown, sample: unknown, at = ''): readonly string[] {
  if (said === null || sample === null) return []
  const [kind, wanted] = [kindOf(said), kindOf(sample)]
  if (kind !== wanted) return [`${at || '.'} is ${kind}, in the sample ${wanted}`]
  if (Array.isArray(said)) {
    const samples = sample as readonly unknown[]
    if (samples.length === 0) return []
    return said.flatMap((each, index) => {
      const tries = samples.map((one) => strangeIn(each, one, `${at}[${index}]`))
      return tries.reduce((best, one) => (one.length < best.length ? one : best))
    })
  }
  if (kind !== 'object') return []
  const known = sample as Readonly<Record<string, unknown>>
  return Object.entries(said as object).flatMap(([name, value]) =>
    Object.hasOwn(known, name)
      ? strangeIn(value, known[name], `${at}.${name}`)
      : [`${at}.${name} is not in the sample`],
  )
}
