import type { JsonSchema } from '../core/connector.ts'
import type { ConnectorTypes } from './connector-types.ts'
import { describeField, describeType, type Field, listFields } from './field.ts'
import { configSchema } from './schema.ts'

const introduction = `# Configuration

This page is generated from the schema that checks the file (\`hookswitch config docs\`); do not edit it.
\`hookswitch config sample\` prints a file to start from, \`hookswitch check --config FILE\` tells everything that is
wrong with one, with the line, and then tries each connector.

The file is YAML. Secrets are best kept out of it: \`"\${env:NAME}"\` takes a value from the environment and
\`"\${file:PATH}"\` the content of a file (a relative path counts from the folder of the configuration; one line break
at the end is dropped). Write references in quotes. \`$\${\` stands for the characters \`\${\` themselves. Unknown keys are
refused.
`

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function writeDefault({ required, schema }: Field): string {
  if (required) return '**required**'
  if (schema.default === undefined) return ''
  return `\`${JSON.stringify(schema.default)}\``
}

function writeTable(fields: readonly Field[]): string {
  const rows = fields.map(
    (field) =>
      `| \`${field.key}\` | ${cell(describeType(field.schema))} | ${cell(writeDefault(field))} | ${cell(describeField(field.schema))} |`,
  )
  return ['| key | type | default | meaning |', '|---|---|---|---|', ...rows].join('\n')
}

function groupOf(schema: JsonSchema): JsonSchema | undefined {
  const inner = [schema.type].flat().includes('array') ? (schema.items as JsonSchema | undefined) : schema
  return inner?.properties === undefined ? undefined : inner
}

/** The table of a group, then one section for each group or list of groups below it. */
function writeGroup(schema: JsonSchema, path: string): string[] {
  const fields = listFields(schema)
  const below = fields.flatMap(({ key, schema: child }) => {
    const isList = [child.type].flat().includes('array')
    const group = groupOf(child)
    const place = `${path === '' ? '' : `${path}.`}${key}${isList ? '[]' : ''}`
    if (!group) return []
    return [`## \`${place}\``, describeField(isList ? group : child), ...writeGroup(group, place)]
  })
  return [writeTable(fields), ...below]
}

const directory = `## \`people: { from: directory }\`

In the place of the list: people are the directory entries that a phone system and the collaboration tenant share by
mail address.`

function writeDirectory(): string[] {
  const { people } = configSchema.properties.tenants.items.properties
  return [directory, writeTable(listFields(people))]
}

/** docs/config.md: every field with title, type, default and meaning. */
export function configDocs(types: ConnectorTypes): string {
  const connectors = Object.entries(types).flatMap(([type, { configSchema: schema, manifest }]) => [
    `## Connector type \`${type}\``,
    ...(manifest ? [`${manifest.title}. More: [${manifest.docs}](${linkFromDocs(manifest.docs)}).`] : []),
    writeTable(listFields(schema)),
  ])
  return `${[introduction.trimEnd(), ...writeGroup({ ...configSchema }, ''), ...writeDirectory(), ...connectors].join('\n\n')}\n`
}

/** Manifests name their page from the root of the project; this page lies in docs/. */
function linkFromDocs(page: string): string {
  return page.replace(/^docs\//, '')
}
