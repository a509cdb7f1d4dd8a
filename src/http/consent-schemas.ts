import Type from 'typebox'

const time = (description: string) => Type.Number({ description: `${description} Milliseconds since 1970.` })
const mode = Type.Enum(['everyone', 'optIn', 'paired'], {
  description:
    'For whom the hub acts: everyone, who switched it on, or (for writes) who signed in themselves.',
})

export const consentQuery = Type.Object({
  tenant: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the tenant.' }),
})

export const registrationQuery = Type.Object({
  ...consentQuery.properties,
  type: Type.String({ minLength: 1, maxLength: 64, default: 'teams', description: 'Type of the connector.' }),
  readOnly: Type.Boolean({ default: false, description: 'Nothing is ever to be written.' }),
  mode: Type.Optional(mode),
})

const permissionSchema = Type.Object(
  {
    name: Type.String(),
    id: Type.String({ description: 'The system\u2019s own id of it.' }),
    kind: Type.Enum(['application', 'delegated']),
    why: Type.String({ description: 'In words.' }),
    needed: Type.Boolean({ description: 'False: it adds something.' }),
  },
  { title: 'Permission' },
)

export const registrationSchema = Type.Object(
  {
    redirectUris: Type.Array(Type.String()),
    permissions: Type.Array(permissionSchema),
    scripts: Type.Array(
      Type.Object({
        id: Type.String({ description: '`azureCli`, `graphPowerShell`.' }),
        title: Type.String(),
        text: Type.String({ description: 'Whole; it has no secret in it.' }),
      }),
    ),
    steps: Type.Array(Type.String(), { description: 'By hand, in order.' }),
    tab: Type.Optional(
      Type.Object(
        {
          applicationIdUri: Type.String({
            description: '`api://HOST/CLIENTID`; CLIENTID stands for the id that the registration gets.',
          }),
          scope: Type.String(),
          clients: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
        },
        {
          description:
            'For the tab in Teams, where `http.publicUrl` is https. It is at the end of scripts and steps, and can be left out.',
        },
      ),
    ),
  },
  { title: 'Registration' },
)

export const tryBody = Type.Object(
  {
    tenant: consentQuery.properties.tenant,
    type: Type.String({ minLength: 1, maxLength: 64, default: 'teams' }),
    connector: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Id; the tenant\u2019s only one of the type where left out.',
      }),
    ),
    settings: Type.Optional(
      Type.Object(
        {},
        {
          additionalProperties: true,
          description:
            'Of the connector, not saved yet; what is configured where left out. Secrets in clear.',
        },
      ),
    ),
    person: Type.String({ minLength: 1, maxLength: 320, description: 'UPN: on whom it is tried.' }),
    write: Type.Boolean({
      default: false,
      description: 'Also write, and take it back at once. Without it nothing is changed.',
    }),
  },
  { additionalProperties: false, title: 'Trial of permissions' },
)

export const findingsSchema = Type.Object(
  {
    findings: Type.Array(
      Type.Object({
        permission: Type.String({ description: 'Empty for what comes before: the sign-in, the person.' }),
        outcome: Type.Enum(['granted', 'missing', 'failed', 'notTried']),
        text: Type.String(),
        fix: Type.Optional(Type.String()),
      }),
    ),
  },
  { title: 'Findings by permission' },
)

const account = Type.Object({
  organisation: Type.String({ description: 'The system\u2019s id of their organisation.' }),
  id: Type.String(),
  name: Type.String(),
})

const link = Type.Object({
  until: time('How long it works.'),
  by: Type.String(),
  at: time('When it was made.'),
})

export const madeLinkSchema = Type.Object(
  { ...link.properties, url: Type.String({ description: 'To be handed on; told once.' }) },
  { title: 'Consent link' },
)

export const consentSchema = Type.Object(
  {
    tenant: Type.String(),
    mode,
    application: Type.Enum(['own', 'operator', 'none'], {
      description:
        'How the connector signs in: by the customer\u2019s registration, the operator\u2019s, or there is none.',
    }),
    connector: Type.Optional(Type.String({ description: 'Its id.' })),
    readOnly: Type.Boolean(),
    linkPossible: Type.Boolean({ description: 'The operator has an application that a link can ask for.' }),
    link: Type.Optional(link),
    proof: Type.Optional(
      Type.Object({
        id: Type.String(),
        account,
        at: time('When they signed in.'),
        missing: Type.Array(Type.String(), { description: 'Permissions that are not there yet.' }),
      }),
    ),
    grant: Type.Optional(
      Type.Object({
        account,
        at: time('When they signed in.'),
        confirmedBy: Type.String(),
        confirmedAt: time('When it was switched on.'),
      }),
    ),
    lastRefusal: Type.Optional(Type.Object({ at: time('When.'), words: Type.String() })),
    people: Type.Object({ all: Type.Integer(), agreed: Type.Integer(), paired: Type.Integer() }),
  },
  { title: 'Consent of a tenant' },
)

export const confirmBody = Type.Object(
  {
    tenant: consentQuery.properties.tenant,
    proof: Type.String({ minLength: 1, maxLength: 100, description: 'Id of the proof that is meant.' }),
  },
  { additionalProperties: false, title: 'Confirmation' },
)

export const tenantBody = Type.Object(
  { tenant: consentQuery.properties.tenant },
  { additionalProperties: false, title: 'Tenant' },
)

export const personConsentSchema = Type.Object(
  {
    tenant: Type.String(),
    person: Type.String({ description: 'Id.' }),
    mode,
    agreed: Type.Boolean({ description: 'The hub acts for them, as far as links cover them.' }),
    switch: Type.Optional(
      Type.Object(
        { on: Type.Boolean(), at: time('When.'), by: Type.String() },
        { description: 'Absent where nobody touched it.' },
      ),
    ),
    canPair: Type.Boolean({ description: 'They can sign in with their own account.' }),
    pairing: Type.Optional(
      Type.Object({
        state: Type.Enum(['green', 'amber', 'red'], {
          description: 'amber: it cannot be renewed at the moment. red: they must sign in again.',
        }),
        account: Type.String(),
        at: time('When they signed in.'),
        renewedAt: time('When it was last renewed.'),
        trouble: Type.Optional(
          Type.Object({
            since: time('Since when.'),
            words: Type.String(),
            fix: Type.Optional(Type.String()),
          }),
        ),
      }),
    ),
    refusal: Type.Optional(
      Type.Object(
        { at: time('When.'), words: Type.String() },
        { description: 'Why the last sign-in came to nothing.' },
      ),
    ),
  },
  { title: 'Consent of a person' },
)

export const handoverSchema = Type.Object(
  { code: Type.String(), lifeMs: Type.Number({ description: 'How long it works.' }) },
  { title: 'Handover of a sign-in' },
)

export const handoverBody = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 2000 }) },
  { additionalProperties: false, title: 'Code of a handover' },
)

export const switchBody = Type.Object(
  { on: Type.Boolean() },
  { additionalProperties: false, title: 'Switch of a person' },
)

export const bulkBody = Type.Object(
  {
    tenant: consentQuery.properties.tenant,
    on: Type.Boolean(),
    people: Type.Union([
      Type.Literal('all'),
      Type.Array(Type.String({ minLength: 1, maxLength: 320 }), { minItems: 1, maxItems: 1000 }),
    ]),
  },
  { additionalProperties: false, title: 'Switches of several people' },
)

export const sentAwaySchema = Type.Object(
  { url: Type.String({ description: 'Where the browser goes, within ten minutes.' }) },
  { title: 'Way to the system' },
)

export const actionItemsSchema = Type.Object({
  items: Type.Array(
    Type.Object(
      {
        tenant: Type.String(),
        id: Type.String(),
        kind: Type.Enum(['connect', 'consent', 'confirm', 'credential', 'people', 'pairing', 'optIn']),
        state: Type.Enum(['open', 'done']),
        title: Type.String(),
        text: Type.String(),
        fix: Type.Optional(Type.String()),
      },
      { title: 'Action item' },
    ),
  ),
})
