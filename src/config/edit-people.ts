import { type Document, isMap, isSeq, parseDocument } from 'yaml'
import { NothingToEdit } from './edit-document.ts'
import { formatPath, type Path, readPath } from './problem.ts'
import { writeYaml } from './yaml-text.ts'

/** A value as it is written; undefined takes the member out. */
type Written = string | boolean | readonly string[] | undefined

/** As it is written; see hidden-schema.ts. */
interface HiddenRule {
  readonly people?: string[]
  readonly groups?: readonly string[]
  readonly viewers?: readonly string[]
}

/** The people of one tenant in the text of a configuration, while they are edited; the rest stays as it is. */
export class PeopleText {
  readonly isDirectory: boolean
  readonly #document: Document
  readonly #tenant: Path
  readonly #people: Path
  /** By UPN in lower case: the index in the list, or the key as the directory's addresses have it. */
  readonly #places = new Map<string, number | string>()

  /** @throws NothingToEdit where there is no such tenant. */
  constructor(text: string, tenant: string) {
    this.#document = parseDocument(text)
    const root: unknown = this.#document.toJS()
    const tenants = readPath(root, ['tenants'])
    const list: readonly unknown[] = Array.isArray(tenants) ? tenants : []
    const index = list.findIndex((one) => readPath(one, ['id']) === tenant)
    if (index < 0) throw new NothingToEdit(`There is no tenant "${tenant}".`)
    this.#tenant = ['tenants', index]
    this.#people = [...this.#tenant, 'people']
    const people = readPath(root, this.#people)
    this.isDirectory = typeof people === 'object' && people !== null && !Array.isArray(people)
    if (Array.isArray(people)) {
      for (const [at, one] of people.entries()) this.#note(String(readPath(one, ['upn'])), at)
    } else if (this.isDirectory) {
      const given = readPath(people, ['addresses'])
      for (const upn of Object.keys(given ?? {})) this.#note(upn, upn)
    }
  }

  #note(upn: string, at: number | string): void {
    this.#places.set(upn.toLowerCase(), at)
  }

  has(upn: string): boolean {
    return this.#places.has(upn.toLowerCase())
  }

  /** Where the problems of a person's entry point to. */
  placeOf(upn: string): string {
    const at = this.#places.get(upn.toLowerCase()) ?? upn
    return formatPath([...this.#people, ...(this.isDirectory ? ['addresses'] : []), at])
  }

  /** Adds somebody to the list. */
  add(upn: string): void {
    const list = this.#document.getIn(this.#people)
    if (!isSeq(list)) this.#document.setIn(this.#people, this.#document.createNode([]))
    const at = isSeq(list) ? list.items.length : 0
    this.#document.addIn(this.#people, this.#document.createNode({ upn }))
    this.#note(upn, at)
  }

  /** A member of somebody's entry in the list. */
  set(upn: string, field: string, value: Written): void {
    this.#write([...this.#entryOf(upn), field], value)
  }

  /** Addresses given by hand; none takes them out. */
  setAddresses(upn: string, connector: string, addresses: readonly string[]): void {
    const all = this.isDirectory ? this.#entryOf(upn) : [...this.#entryOf(upn), 'addresses']
    const [only] = addresses
    this.#write([...all, connector], addresses.length > 1 ? addresses : only)
    const left = this.#document.getIn(all)
    if (isMap(left) && left.items.length === 0) this.#document.deleteIn(all)
  }

  /** Takes somebody of the directory out, or in again. */
  setExcluded(upn: string, isExcluded: boolean): void {
    const place = [...this.#people, 'except']
    const written = readPath(this.#document.toJS(), place)
    const others = (Array.isArray(written) ? written : []).filter(
      (one) => String(one).toLowerCase() !== upn.toLowerCase(),
    )
    this.#write(place, isExcluded ? [...others, upn] : others)
  }

  /** Hides somebody from everyone but administrators, or takes them out of every rule that names them. */
  setHidden(upn: string, isHidden: boolean): void {
    const place = [...this.#tenant, 'hidden']
    const written = readPath(this.#document.toJS(), place)
    const isOther = (one: unknown) => String(one).toLowerCase() !== upn.toLowerCase()
    const rules = (Array.isArray(written) ? (written as HiddenRule[]) : [])
      .map(({ people = [], ...rule }) => ({ ...rule, people: people.filter(isOther) }))
      .filter(({ people, groups = [] }) => people.length + groups.length > 0)
    const own = rules.findIndex(({ groups = [], viewers = [] }) => groups.length + viewers.length === 0)
    if (isHidden && own >= 0) rules[own]!.people.push(upn)
    else if (isHidden) rules.push({ people: [upn] })
    if (rules.length > 0) this.#document.setIn(place, this.#document.createNode(rules))
    else if (this.#document.hasIn(place)) this.#document.deleteIn(place)
  }

  toString(): string {
    return writeYaml(this.#document)
  }

  #entryOf(upn: string): Path {
    const known = this.#places.get(upn.toLowerCase())
    if (this.isDirectory) {
      if (known === undefined) this.#note(upn, upn)
      return [...this.#people, 'addresses', known ?? upn]
    }
    if (known === undefined) this.add(upn)
    return [...this.#people, this.#places.get(upn.toLowerCase())!]
  }

  #write(path: Path, value: Written): void {
    if (value !== undefined) this.#document.setIn(path, this.#document.createNode(value))
    else if (this.#document.hasIn(path)) this.#document.deleteIn(path)
  }
}
