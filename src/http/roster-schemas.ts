import Type from 'typebox'
import { coverageKinds } from '../core/roster-port.ts'
import { problemList } from './config-schemas.ts'

const tenant = Type.Optional(
  Type.String({ maxLength: 64, description: 'Id of the tenant; needed where there are several.' }),
)
const text = Type.Optional(Type.String({ maxLength: 200, description: 'Part of it, any letter case.' }))
const kind = Type.Enum([...coverageKinds])
const connectorId = Type.String({ minLength: 1, maxLength: 64, description: 'Id of the connector.' })

export const rosterQuery = Type.Object({ tenant })

export const coverageQuery = Type.Object({
  tenant,
  text,
  kind: Type.Optional(kind),
  neverCame: Type.Optional(
    Type.Boolean({ description: 'Only who is on the board and never opened their own page or tab.' }),
  ),
  offset: Type.Integer({ minimum: 0, default: 0, description: 'How many to pass over.' }),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'How many at most.' }),
})

export const placesQuery = Type.Object({
  tenant,
  connector: connectorId,
  text,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 20, description: 'How many at most.' }),
})

export const linkParams = Type.Object({
  key: Type.String({ minLength: 1, maxLength: 320, description: 'UPN of the person, any letter case.' }),
  connector: connectorId,
})

export const linkBody = Type.Object(
  {
    addresses: Type.Array(Type.String({ minLength: 1, maxLength: 320 }), {
      maxItems: 20,
      uniqueItems: true,
      description: 'None leaves it to the directory again.',
    }),
  },
  { additionalProperties: false, title: 'Addresses by hand' },
)

export const hideBody = Type.Object(
  { hidden: Type.Boolean() },
  { additionalProperties: false, title: 'Whether somebody is hidden' },
)

export const hideParams = Type.Object({ key: linkParams.properties.key })

export const tableBody = Type.Object(
  {
    csv: Type.String({ description: 'The table (RFC 4180), with a line of names.' }),
    version: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Of the preview that is taken; refused where another is in force.',
      }),
    ),
  },
  { additionalProperties: false, title: 'Table of people' },
)

export const rosterSchema = Type.Object(
  {
    tenant: Type.String(),
    from: Type.Enum(['list', 'directory'], {
      description: '`list`: people are named in the configuration; `directory`: matched by mail.',
    }),
    groups: Type.Array(Type.String(), { description: 'That people belong to.' }),
    readOnly: Type.Optional(Type.String({ description: 'Why nothing can be changed here.' })),
    connectors: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        kind: Type.String(),
        hasDirectory: Type.Boolean({ description: 'Addresses can be looked up.' }),
      }),
    ),
  },
  { title: 'Roster' },
)

export const coverageSchema = Type.Object(
  {
    rows: Type.Array(
      Type.Object({
        tenant: Type.String(),
        id: Type.String(),
        upn: Type.String(),
        displayName: Type.String(),
        shown: Type.Boolean({ description: 'On the board.' }),
        kinds: Type.Array(kind, { description: 'The weightiest first.' }),
        notes: Type.Array(
          Type.Object({
            kind,
            connector: Type.Optional(Type.String()),
            reason: Type.String(),
            fix: Type.Optional(Type.String()),
          }),
        ),
        systems: Type.Array(
          Type.Object({
            connector: Type.String(),
            addresses: Type.Array(Type.String()),
            given: Type.Boolean({ description: 'By hand, which always wins.' }),
          }),
        ),
        cameAt: Type.Optional(
          Type.Number({
            description:
              'When they last opened their own page or tab, to the day, milliseconds since 1970; absent where they never did.',
          }),
        ),
      }),
    ),
    total: Type.Integer({ description: 'On all pages.' }),
    counts: Type.Object(Object.fromEntries(coverageKinds.map((one) => [one, Type.Integer()])), {
      description: 'Of everyone whom the text fits; somebody may count more than once.',
    }),
    neverCame: Type.Integer({
      description: 'Of everyone on the board whom the text fits: who never opened their own page or tab.',
    }),
  },
  { title: 'Coverage' },
)

export const placesSchema = Type.Object({
  places: Type.Array(
    Type.Object({
      address: Type.String(),
      displayName: Type.Optional(Type.String()),
      mails: Type.Array(Type.String()),
      people: Type.Array(Type.String(), { description: 'UPNs of who is there.' }),
    }),
  ),
})

const reportFields = {
  version: Type.Integer({ description: 'Of the configuration that it would change, or has become.' }),
  changes: Type.Array(
    Type.Object({
      line: Type.Integer({ description: 'Of the table, from 1.' }),
      upn: Type.String(),
      isNew: Type.Boolean(),
      fields: Type.Array(Type.Object({ field: Type.String(), from: Type.String(), to: Type.String() })),
    }),
  ),
  unchanged: Type.Integer(),
  problems: problemList,
}

export const reportSchema = Type.Object(reportFields, { title: 'What a table would change' })
