import Type, { type Static } from 'typebox'
import { type ConfigItem, hubParts } from '../core/config-port.ts'

const id = (description: string) => Type.String({ minLength: 1, maxLength: 64, description })
const anything = Type.Object({}, { additionalProperties: true })

export const problemList = Type.Array(
  Type.Object({
    path: Type.String({ description: '`tenants[0].connectors[1].port`; empty for the whole.' }),
    line: Type.Optional(Type.Integer({ description: 'Of the text that was sent, from 1.' })),
    message: Type.String(),
    fix: Type.Optional(Type.String()),
  }),
)

export const warningList = Type.Array(
  Type.Object({
    tenant: Type.String({ description: 'Id of the tenant.' }),
    text: Type.String(),
    fix: Type.Optional(Type.String()),
  }),
  { description: 'What the links leave out: allowed, but seldom meant.' },
)

const versionFields = {
  version: Type.Integer({ description: 'From 1; 0 before anything was saved.' }),
  at: Type.Integer({ description: 'When it was saved, milliseconds since 1970.' }),
  author: Type.String(),
  comment: Type.String(),
  tenants: Type.Optional(
    Type.Array(Type.String(), { description: 'Ids of the tenants that it changed, where that was noted.' }),
  ),
}

export const versionSchema = Type.Object(versionFields, { title: 'ConfigurationVersion' })

const textFields = {
  yaml: Type.String({ description: 'Secrets are references; those that a file has in clear are hidden.' }),
  config: Type.Object({}, { additionalProperties: true, description: 'The same as JSON.' }),
}

const differenceSchema = Type.Object(
  {
    tenant: Type.String({ description: 'Id of the tenant; empty for what belongs to the hub.' }),
    path: Type.String({ description: '`links.pbx to teams.grace`; empty for the whole tenant.' }),
    was: Type.Optional(Type.String()),
    is: Type.Optional(Type.String()),
  },
  { title: 'ConfigurationDifference', description: 'A value that one of the two has not is left out.' },
)

export const versionTextSchema = Type.Object({
  ...versionFields,
  ...textFields,
  differences: Type.Array(differenceSchema, { description: 'From the version before.' }),
})

export const configurationSchema = Type.Object(
  {
    source: Type.Enum(['file', 'stored'], { description: '`file`: it is changed in the file only.' }),
    file: Type.Optional(Type.String({ description: 'Path of the file.' })),
    ...Type.Partial(Type.Object(versionFields)).properties,
    ...textFields,
  },
  { title: 'Configuration' },
)

export const signInBody = Type.Object(
  {
    redirectUri: Type.String({ maxLength: 500, description: 'Where the browser came back to.' }),
    code: Type.String({ minLength: 1, maxLength: 4000 }),
    verifier: Type.String({ minLength: 43, maxLength: 128 }),
  },
  { additionalProperties: false, title: 'What the browser came back with' },
)

export const schemasSchema = Type.Object({
  config: anything,
  connectors: Type.Object(
    {},
    {
      additionalProperties: Type.Object({
        title: Type.String(),
        kind: Type.String(),
        schema: anything,
        docs: Type.String({ description: 'Path of its page in the documentation.' }),
        reads: Type.Array(Type.String()),
        writes: Type.Boolean({ description: 'Whether links can write there, at the usual settings.' }),
        transport: Type.String(),
        signInGives: Type.Optional(
          Type.String({ description: 'The setting that a sign-in in the browser gives, where it has one.' }),
        ),
      }),
      description: 'By the word in `type:`.',
    },
  ),
  afterRestart: Type.Array(Type.String(), { description: 'Parts of the hub whose change takes a restart.' }),
})

export const partParams = Type.Object({
  part: Type.Enum([...hubParts], { description: 'A part that belongs to the hub itself.' }),
})

export const partBody = Type.Object(
  {
    value: Type.Optional(Type.Unknown({ description: 'As in the configuration; left out it is taken out.' })),
  },
  { additionalProperties: false, title: 'ConfigurationPart' },
)

const tenants = Type.Array(Type.String(), { description: 'Ids of tenants.' })

export const savedSchema = Type.Object(
  {
    version: Type.Integer(),
    added: tenants,
    changed: tenants,
    removed: tenants,
    afterRestart: Type.Array(Type.String(), { description: 'Parts that take a restart.' }),
    warnings: warningList,
  },
  { title: 'Saved' },
)

export const keyReportSchema = Type.Object({
  key: Type.String({ description: 'Id of the first key.' }),
  resealed: Type.Integer(),
  under: Type.Object(
    {},
    { additionalProperties: Type.Integer(), description: 'How many secrets stand under which key.' },
  ),
})

const comment = Type.Optional(Type.String({ maxLength: 1000, description: 'Why; kept with the version.' }))

export const commentQuery = Type.Object({ comment })

export const formatQuery = Type.Object({
  format: Type.Optional(Type.Enum(['json', 'yaml'], { description: '`yaml`: the text alone.' })),
})

/** Beside it `application/yaml` with the text alone is taken. */
export const wholeBody = Type.Union(
  [
    Type.Object(
      {
        yaml: Type.Optional(Type.String()),
        config: Type.Optional(anything),
        comment,
      },
      { additionalProperties: false },
    ),
    Type.String({ description: 'YAML, as `application/yaml`.' }),
  ],
  { title: 'WholeConfiguration', description: 'Either `yaml` or `config`.' },
)

export const itemBody = Type.Object(
  {},
  { additionalProperties: true, title: 'ConfigurationItem', description: 'As in the configuration.' },
)

export const rollbackBody = Type.Object(
  { version: Type.Integer({ minimum: 1 }), comment },
  { additionalProperties: false, title: 'ConfigurationRollback' },
)

export const tenantParams = Type.Object({ tenant: id('Id of the tenant.') })
export const versionParams = Type.Object({ version: Type.Integer({ minimum: 1 }) })
export const connectorParams = Type.Object({
  tenant: id('Id of the tenant.'),
  id: id('Id of the connector.'),
})

const tenant = id('Id of the tenant.')

/** The items that can be put and deleted, by their addresses. */
export const items = [
  {
    kind: 'tenant',
    path: '/config/tenants/:tenant',
    params: Type.Object({ tenant }),
  },
  {
    kind: 'connector',
    path: '/config/tenants/:tenant/connectors/:id',
    params: connectorParams,
  },
  {
    kind: 'link',
    path: '/config/tenants/:tenant/links/:from/:to',
    params: Type.Object({ tenant, from: id('Id of a connector.'), to: id('Id of a connector.') }),
  },
  {
    kind: 'person',
    path: '/config/tenants/:tenant/people/:upn',
    params: Type.Object({ tenant, upn: Type.String({ minLength: 1, maxLength: 320 }) }),
  },
] as const satisfies readonly {
  readonly kind: ConfigItem['kind']
  readonly path: string
  readonly params: object
}[]

export type WholeBody = Static<typeof wholeBody>
