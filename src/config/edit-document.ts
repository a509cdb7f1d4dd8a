import { isSeq, parseDocument } from 'yaml'
import type { ConfigItem } from '../core/config-port.ts'
import { type Path, readPath } from './problem.ts'
import { writeYaml } from './yaml-text.ts'

/** What is to be edited is not there; `message` is a sentence for people. */
export class NothingToEdit extends Error {}

interface Place {
  readonly list: Path
  /** Index in the list; undefined where there is no such item yet. */
  readonly index: number | undefined
  /** The members that identify the item. */
  readonly key: Readonly<Record<string, string>>
}

/** Puts an item in the place of the one that is there, or adds it; the rest of the text stays as it is. */
export function putItem(text: string, item: ConfigItem, value: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(text)
  const { list, index, key } = findPlace(document.toJS(), item)
  const whole = { ...key, ...value, ...key }
  if (!isSeq(document.getIn(list))) document.setIn(list, document.createNode([]))
  if (index === undefined) document.addIn(list, document.createNode(whole))
  else document.setIn([...list, index], document.createNode(whole))
  return writeYaml(document)
}

/** Puts a part of the hub (`alerts`) in the place of the one that is there; undefined takes it out. */
export function putPart(text: string, part: string, value: unknown): string {
  const document = parseDocument(text)
  if (value === undefined) document.delete(part)
  else document.set(part, document.createNode(value))
  return writeYaml(document)
}

/** @throws NothingToEdit */
export function deleteItem(text: string, item: ConfigItem): string {
  const document = parseDocument(text)
  const { list, index } = findPlace(document.toJS(), item)
  if (index === undefined) throw new NothingToEdit(`There is no such ${item.kind}.`)
  document.deleteIn([...list, index])
  return writeYaml(document)
}

/** Puts a tenant as another text has it in the place of the one that is there, with its comments. @throws NothingToEdit */
export function copyTenant(text: string, from: string, tenant: string): string {
  const item = { kind: 'tenant', tenant } as const
  const earlier = parseDocument(from)
  const { list, index } = findPlace(earlier.toJS(), item)
  if (index === undefined) throw new NothingToEdit(`There was no tenant "${tenant}" in that version.`)
  const document = parseDocument(text)
  const now = findPlace(document.toJS(), item).index
  if (now === undefined) throw new NothingToEdit(`There is no tenant "${tenant}".`)
  document.setIn([...list, now], earlier.getIn([...list, index], true))
  return writeYaml(document)
}

function findPlace(root: unknown, item: ConfigItem): Place {
  const tenants = listAt(root, ['tenants'])
  const t = tenants.findIndex((tenant) => readPath(tenant, ['id']) === item.tenant)
  if (item.kind === 'tenant') {
    return { list: ['tenants'], index: t < 0 ? undefined : t, key: { id: item.tenant } }
  }
  if (t < 0) throw new NothingToEdit(`There is no tenant "${item.tenant}".`)
  const { list, key, fold } = describeItem(item)
  const path = ['tenants', t, list]
  const written = readPath(root, path)
  if (item.kind === 'person' && written !== undefined && written !== null && !Array.isArray(written)) {
    throw new NothingToEdit(`The people of the tenant "${item.tenant}" come from its directory.`)
  }
  const index = listAt(root, path).findIndex((one) =>
    Object.entries(key).every(([name, value]) => fold(String(readPath(one, [name]))) === fold(value)),
  )
  return { list: path, index: index < 0 ? undefined : index, key }
}

function describeItem(item: Exclude<ConfigItem, { kind: 'tenant' }>) {
  const exactly = (text: string) => text
  if (item.kind === 'connector') return { list: 'connectors', key: { id: item.id }, fold: exactly }
  if (item.kind === 'link') return { list: 'links', key: { from: item.from, to: item.to }, fold: exactly }
  // A UPN has no case.
  return { list: 'people', key: { upn: item.upn }, fold: (text: string) => text.toLowerCase() }
}

function listAt(root: unknown, path: Path): readonly unknown[] {
  const list = readPath(root, path)
  return Array.isArray(list) ? list : []
}
