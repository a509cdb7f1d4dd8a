import Type from 'typebox'

/** JSON Schemas of src/core/history-port.ts, as the OpenAPI document shows them. */

const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })
const optional = Type.Optional

export const auditRowSchema = Type.Object(
  {
    id: Type.String(),
    tenant: Type.String(),
    at: time('When.'),
    who: Type.String({ description: 'The name of the token, and who says they used it.' }),
    what: Type.String(),
    about: Type.String({ description: 'Id of the person; * for everyone.' }),
    detail: Type.String(),
  },
  { title: 'Audit entry' },
)

export const policiesSchema = Type.Object(
  {
    tenant: Type.String(),
    inForce: Type.Integer({ description: 'The version that decides now.' }),
    pinned: optional(
      Type.Object({
        version: Type.Integer(),
        at: time('Since when.'),
        author: Type.String(),
        comment: Type.String(),
      }),
    ),
    versions: Type.Array(
      Type.Object({
        version: Type.Integer(),
        at: time('When it was brought in.'),
        author: Type.String(),
        comment: Type.String(),
        links: Type.Integer({ description: 'How many links it has.' }),
      }),
    ),
  },
  { title: 'Versions of the rules' },
)

export const personDataSchema = Type.Object(
  {
    tenant: Type.String(),
    id: Type.String(),
    exportedAt: time('When.'),
    person: optional(Type.Object({}, { description: 'As the board shows them.' })),
    state: optional(Type.Object({}, { description: 'What outlives a restart.' })),
    history: Type.Array(
      Type.Object({ at: time('From when.'), policyVersion: Type.Integer(), body: Type.Object({}) }),
    ),
    ledger: Type.Array(
      Type.Object({
        connector: Type.String(),
        address: Type.String(),
        slot: Type.String(),
        open: Type.Boolean({ description: 'Whether it may still be there.' }),
        entry: Type.Object({}),
      }),
    ),
    memory: Type.Array(Type.Object({ scope: Type.String(), key: Type.String(), value: Type.Unknown() })),
    audit: Type.Array(auditRowSchema),
  },
  { title: 'Everything stored about a person' },
)

export const eraseSchema = Type.Object(
  {
    tenant: Type.String(),
    id: Type.String(),
    historyRows: Type.Integer(),
    closedLedgerRows: Type.Integer(),
    stays: Type.String({ description: 'What stays, and until when.' }),
  },
  { title: 'What was erased' },
)
