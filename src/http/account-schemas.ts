import Type from 'typebox'

const tenant = Type.String({ minLength: 1, maxLength: 64, description: 'Id of a tenant.' })

const grant = Type.Union(
  [
    Type.Object({ role: Type.Literal('operator') }, { additionalProperties: false }),
    Type.Object({ role: Type.Literal('admin'), tenant }, { additionalProperties: false }),
    Type.Object(
      {
        role: Type.Literal('supervisor'),
        tenant,
        groups: Type.Optional(
          Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
            minItems: 1,
            maxItems: 100,
            description: 'Groups of people in the configuration; everyone of the tenant where left out.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        role: Type.Literal('member'),
        tenant,
        person: Type.String({ minLength: 1, maxLength: 320, description: 'UPN.' }),
      },
      { additionalProperties: false },
    ),
  ],
  { title: 'Grant', description: 'A role, and where it holds.' },
)

const grants = Type.Array(grant, { maxItems: 100 })
const displayName = Type.String({ minLength: 1, maxLength: 200 })
const password = Type.String({ minLength: 1, maxLength: 256, description: 'At least 12 characters.' })

export const accountBody = Type.Object(
  {
    name: Type.String({
      pattern: '^\\S(.*\\S)?$',
      maxLength: 320,
      description: 'What they sign in with: a mail address or a short name.',
    }),
    displayName,
    grants,
  },
  { additionalProperties: false, title: 'New account' },
)

export const accountChange = Type.Object(
  { displayName: Type.Optional(displayName), grants: Type.Optional(grants) },
  { additionalProperties: false, minProperties: 1, title: 'Change of an account' },
)

export const accountParams = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the account.' }),
})

export const choosePasswordBody = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 100, description: 'Of the link.' }), password },
  { additionalProperties: false, title: 'Chosen password' },
)

export const changePasswordBody = Type.Object(
  { current: Type.String({ minLength: 1, maxLength: 256 }), password },
  { additionalProperties: false, title: 'Change of the password' },
)

const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })

export const accountSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    displayName: Type.String(),
    grants,
    createdAt: time('When it was made.'),
    hasPassword: Type.Boolean({ description: 'False until one was chosen by the link.' }),
    linkUntil: Type.Optional(time('Until when the link for choosing a password works.')),
    provider: Type.Optional(
      Type.String({
        description: 'Id of the provider at which they sign in; they can only be signed out here.',
      }),
    ),
  },
  { title: 'Account' },
)

export const linkSchema = Type.Object(
  {
    code: Type.String({ description: 'Told once; for POST /session/password.' }),
    path: Type.String({ description: 'Of the page, below the address of the hub.' }),
    until: time('How long it works.'),
  },
  { title: 'Link', description: 'For choosing a password. Hand it over yourself: nothing is mailed.' },
)

export const ownSchema = Type.Object({ until: time('When the new session ends.') }, { title: 'Signed in' })
