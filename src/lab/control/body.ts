import { Problem } from './problem.ts'

const wrong = (name: string, must: string) => new Problem(400, 'Bad request', `${name}: must be ${must}`)

/** Reads a request's JSON object field by field; a field that is wrong or not known ends in a 400 that names it. */
export class Body {
  readonly #fields: Readonly<Record<string, unknown>>

  constructor(body: unknown, known: readonly string[]) {
    if (body === undefined || body === null) body = {}
    if (typeof body !== 'object' || Array.isArray(body)) throw wrong('body', 'a JSON object')
    const stranger = Object.keys(body as object).find((name) => !known.includes(name))
    if (stranger)
      throw new Problem(400, 'Bad request', `${stranger}: no such field; there are ${known.join(', ')}`)
    this.#fields = body as Record<string, unknown>
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined
  }

  value(name: string): unknown {
    return this.#fields[name]
  }

  flag(name: string): boolean | undefined {
    const value = this.#fields[name]
    if (value === undefined || typeof value === 'boolean') return value
    throw wrong(name, 'true or false')
  }

  mustFlag(name: string): boolean {
    const value = this.flag(name)
    if (value === undefined) throw wrong(name, 'true or false')
    return value
  }

  text(name: string): string | undefined {
    const value = this.#fields[name]
    if (value === undefined || (typeof value === 'string' && value !== '')) return value
    throw wrong(name, 'text')
  }

  mustText(name: string): string {
    const value = this.text(name)
    if (value === undefined) throw wrong(name, 'text')
    return value
  }

  number(name: string): number | undefined {
    const value = this.#fields[name]
    if (value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= 0))
      return value
    throw wrong(name, 'a number, 0 or more')
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.#fields[name]
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '')) return value
    throw wrong(name, 'a list of texts')
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const value = this.#fields[name]
    if (value === undefined) return undefined
    const found = values.find((each) => each === value)
    if (found) return found
    throw wrong(name, `one of ${values.join(', ')}`)
  }
}
