import { stringify } from 'yaml'
import type { JsonSchema } from '../core/connector.ts'
import { presenceName } from '../core/presence.ts'
import type { ConnectorTypes } from './connector-types.ts'
import { describeField, exampleOf, type Field, listFields } from './field.ts'
import { linkSchema } from './link-schema.ts'
import { personSchema } from './person-schema.ts'
import { configSchema } from './schema.ts'

const width = 110

function indent(lines: readonly string[], by: number): string[] {
  return lines.map((line) => (line === '' ? line : ' '.repeat(by) + line))
}

/** Comment lines, wrapped. */
function remark(text: string): string[] {
  const lines: string[] = []
  let line = '#'
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length + 1 > width) {
      lines.push(line)
      line = '#'
    }
    line += ` ${word}`
  }
  return [...lines, line]
}

function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, aliasDuplicateObjects: false }).trim()
}

/** One key with its remark; what may be left out and has no default is there, but commented out. */
function writeField(field: Field, prefix: string): string[] {
  const { key, schema, required } = field
  const nested = schema.properties !== undefined && schema.type === 'object'
  if (nested) {
    const lines = [`${key}:`, ...indent(writeFields(schema, prefix), 2)]
    const shown = required || schema.default !== undefined
    return [...remark(describeField(schema)), ...(shown ? lines : lines.map((line) => `# ${line}`))]
  }
  const line = `${key}: ${inline(exampleOf(field, prefix))}`
  const active = required || (schema.default !== undefined && schema.secret !== true)
  return [...remark(describeField(schema)), active ? line : `# ${line}`, ...writeItemExample(field, prefix)]
}

/** For a list of groups that is empty by default: one item, commented out. */
function writeItemExample({ key, schema }: Field, prefix: string): string[] {
  const items = schema.items as JsonSchema | undefined
  if (schema.type !== 'array' || items?.properties === undefined || key === 'table') return []
  const item = Object.fromEntries(listFields(items).map((field) => [field.key, exampleOf(field, prefix)]))
  return [`# ${key}:`, `#   - ${inline(item)}`]
}

function writeFields(schema: JsonSchema, prefix: string): string[] {
  return listFields(schema).flatMap((field) => writeField(field, prefix))
}

/** One hub is what most have: the part for several is there as a remark. */
function alwaysShown(parts: object): string[] {
  return Object.keys(parts).filter((key) => key !== 'cluster')
}

function item(lines: readonly string[]): string[] {
  const [first = '', ...rest] = lines
  return [`- ${first}`, ...indent(rest, 2)]
}

function writeConnectors(types: ConnectorTypes): string[] {
  return Object.entries(types).flatMap(([type, { configSchema: schema, manifest }]) => {
    const about = manifest ? remark(`${manifest.title}; see ${manifest.docs}.`) : []
    return [...about, ...item([`id: ${type}`, `type: ${type}`, ...writeFields(schema, type)])]
  })
}

function isWritable(types: ConnectorTypes, type: string): boolean {
  const { configSchema: schema, writes } = types[type]!
  const settings = Object.fromEntries(
    listFields(schema)
      .filter((field) => field.required || field.schema.default !== undefined)
      .map((field) => [field.key, exampleOf(field, type)]),
  )
  return (writes?.(settings) ?? []).some(({ states }) => states.map(presenceName).length > 0)
}

/** Every phone system with every collaboration system, both ways where the other can be written. */
function listSampleLinks(types: ConnectorTypes): { from: string; to: string }[] {
  const ofKind = (kind: string) => Object.keys(types).filter((type) => types[type]!.manifest?.kind === kind)
  const pairs = ofKind('pbx').flatMap((pbx) =>
    ofKind('collaboration').flatMap((other) => [
      { from: pbx, to: other },
      { from: other, to: pbx },
    ]),
  )
  return pairs.filter(({ to }) => isWritable(types, to))
}

function writePeople(types: ConnectorTypes): string[] {
  const extensions = Object.keys(types).filter((type) => types[type]!.manifest?.addressKind === 'extension')
  const addressed = (...list: string[]) =>
    Object.fromEntries(extensions.map((type) => [type, list.length === 1 ? list[0] : list]))
  const optional = listFields(personSchema).filter(({ key }) => key !== 'upn' && key !== 'addresses')
  return [
    ...remark('Who is synchronised: this list, or `people: { from: directory }` to match people by mail.'),
    'people:',
    ...indent(
      [
        `- ${inline({ upn: 'anna@contoso.example', addresses: addressed('1001') })}`,
        `- ${inline({ upn: 'ben@contoso.example', addresses: addressed('1002', '1052') })}`,
        ...remark('Each person may also have:'),
        ...optional.flatMap(({ key, schema }) => remark(`${key}: ${describeField(schema)}`)),
      ],
      2,
    ),
  ]
}

function writeLinks(types: ConnectorTypes): string[] {
  const options = listFields(linkSchema).filter(({ required }) => !required)
  const links = listSampleLinks(types)
  return [
    ...remark('Who follows whom; each direction is a link of its own.'),
    links.length === 0 ? 'links: []' : 'links:',
    ...indent(
      [
        ...links.map((link) => `- ${inline(link)}`),
        ...remark('Each link may also have:'),
        ...options.flatMap(({ key, schema }) => {
          const standard = schema.default === undefined ? '' : ` (default ${inline(schema.default)})`
          return remark(`${key}${standard}: ${describeField(schema)}`)
        }),
      ],
      2,
    ),
  ]
}

/** A complete `hookswitch.yaml` with remarks, generated from the schema and those of the connectors. */
export function sampleConfig(types: ConnectorTypes): string {
  const { tenants: _, ...top } = configSchema.properties
  const { syncShared: shared, ring } = configSchema.properties.tenants.items.properties
  const lines = [
    ...remark('Configuration of Hookswitch. Every key is described in docs/config.md.'),
    ...remark(
      'Secrets are best kept out of this file: "${' +
        'env:NAME}" takes a value from the environment, "${' +
        'file:PATH}" from a file.',
    ),
    '',
    ...writeFields({ type: 'object', properties: top, required: alwaysShown(top) }, 'hookswitch'),
    ...remark('The organisations this hub serves; usually one.'),
    'tenants:',
    ...indent(
      item([
        'id: contoso',
        'connectors:',
        ...indent(writeConnectors(types), 2),
        ...writePeople(types),
        ...writeField({ key: 'syncShared', schema: { ...shared }, required: false }, ''),
        ...writeLinks(types),
        ...writeField({ key: 'ring', schema: { ...ring }, required: false }, ''),
      ]),
      2,
    ),
  ]
  return `${lines.join('\n')}\n`
}
