import Type, { type Static } from 'typebox'

/** Longest and shortest life of a call session, seconds (architecture, "Writes": 10 to 15 min). */
const callLife = { minimum: 600, maximum: 900, default: 900 }

const certificate = Type.Object(
  {
    certFile: Type.Optional(
      Type.String({ title: 'Certificate file', description: 'Path of the certificate, PEM.', local: true }),
    ),
    keyFile: Type.Optional(
      Type.String({
        title: 'Private key file',
        description: 'Path of the private key, PEM (PKCS#8).',
        local: true,
      }),
    ),
    cert: Type.Optional(Type.String({ title: 'Certificate', description: 'The certificate itself, PEM.' })),
    key: Type.Optional(
      Type.String({
        title: 'Private key',
        description: 'The private key itself, PEM (PKCS#8).',
        secret: true,
      }),
    ),
    passphrase: Type.Optional(
      Type.String({
        title: 'Passphrase',
        description: 'Of the private key, where it has one.',
        secret: true,
      }),
    ),
  },
  {
    title: 'Certificate',
    description: 'Signs in with a certificate instead of a secret: certFile and keyFile, or cert and key.',
    additionalProperties: false,
  },
)

const sweep = Type.Object(
  {
    minimumSeconds: Type.Optional(
      Type.Number({
        title: 'Shortest round',
        description: 'Everybody is read once per round; a round is never shorter than this, in seconds.',
        minimum: 1,
        maximum: 300,
        default: 2,
      }),
    ),
    peoplePerSecond: Type.Optional(
      Type.Number({
        title: 'People per second',
        description: 'Upper bound of people read per second, to spare the processor in large tenants.',
        minimum: 650,
        default: 30_000,
      }),
    ),
  },
  { title: 'Sweep', description: 'How often everybody is read.', additionalProperties: false },
)

const flag = (title: string, description: string) =>
  Type.Optional(Type.Boolean({ title, description, default: false }))

const read = Type.Object(
  {
    guests: flag('Guests', 'Read who is a guest and who is disabled (needs User.Read.All).'),
    aliases: flag('Aliases', 'Read further mail addresses for matching people (needs User.Read.All).'),
    licences: flag('Licences', 'Report people without a Teams licence (needs User.Read.All).'),
  },
  {
    title: 'Optional reading',
    description: 'What is read about people beyond name, sign-in name and mail address.',
    additionalProperties: false,
  },
)

const writer = Type.Object(
  {
    clientId: Type.String({
      title: 'Application id',
      description: 'Application (client) id of the app registration that writes.',
      pattern: '^[A-Za-z0-9-]+$',
    }),
    clientSecret: Type.Optional(
      Type.String({
        title: 'Client secret',
        description: 'Of the application that writes. Use this or a certificate.',
        minLength: 1,
        secret: true,
      }),
    ),
    clientSecretExpires: Type.Optional(
      Type.String({
        title: 'End of the client secret',
        description: 'Day on which Entra lets it expire, as 2027-05-31.',
        pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
      }),
    ),
    certificate: Type.Optional(certificate),
  },
  {
    title: 'Application for writing',
    description:
      'A second app registration that writes (Presence.ReadWrite.All), so that the first one only needs to read. Left out, one application does both.',
    additionalProperties: false,
  },
)

/** The connector's own slice of the configuration. */
export const teamsConfigSchema = Type.Object(
  {
    entraTenantId: Type.String({
      title: 'Entra tenant',
      description: 'Id (GUID) or a domain name of the Microsoft 365 tenant.',
      pattern: '^[A-Za-z0-9][A-Za-z0-9.-]*$',
    }),
    clientId: Type.String({
      title: 'Application id',
      description: 'Application (client) id of the app registration.',
      pattern: '^[A-Za-z0-9-]+$',
    }),
    clientSecret: Type.Optional(
      Type.String({
        title: 'Client secret',
        description: 'The value of a client secret of the app registration. Use this or a certificate.',
        minLength: 1,
        secret: true,
      }),
    ),
    clientSecretExpires: Type.Optional(
      Type.String({
        title: 'End of the client secret',
        description:
          'Day on which Entra lets the client secret expire, as 2027-05-31: alerts tell of it weeks before. Entra shows it beside the secret.',
        pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
      }),
    ),
    certificate: Type.Optional(certificate),
    writer: Type.Optional(writer),
    cloud: Type.Optional(
      Type.Union([Type.Literal('global'), Type.Literal('gcc-high'), Type.Literal('dod')], {
        title: 'Cloud',
        description: 'The Microsoft cloud of the tenant. GCC uses global.',
        default: 'global',
        address: true,
      }),
    ),
    graphUrl: Type.Optional(
      Type.String({
        title: 'Graph address',
        description: 'Replaces the Graph root of the cloud. Plain http is accepted for loopback only.',
        address: true,
      }),
    ),
    loginUrl: Type.Optional(
      Type.String({
        title: 'Sign-in address',
        description: 'Replaces the sign-in root of the cloud. Plain http is accepted for loopback only.',
        address: true,
      }),
    ),
    callLife: Type.Optional(
      Type.Integer({
        title: 'Life of a call session',
        description:
          'Seconds after which In a call ends by itself in Teams when nobody prolongs it any more.',
        ...callLife,
      }),
    ),
    dndAs: Type.Optional(
      Type.Union([Type.Literal('preferred'), Type.Literal('presenting')], {
        title: 'Do not disturb as',
        description:
          'preferred: as the status that the person could choose. presenting: as a session of the application, shown as Presenting.',
        default: 'preferred',
      }),
    ),
    requestsPer30s: Type.Optional(
      Type.Integer({
        title: 'Request budget',
        description: 'Requests per 30 seconds to begin with.',
        minimum: 60,
        maximum: 10_000,
        default: 1200,
      }),
    ),
    requestsPer30sCeiling: Type.Optional(
      Type.Integer({
        title: 'Ceiling of the request budget',
        description:
          'The budget grows up to this while Microsoft does not refuse; the larger of this and the budget counts.',
        minimum: 60,
        maximum: 10_000,
        default: 1400,
      }),
    ),
    batchWrites: Type.Optional(
      Type.Boolean({
        title: 'Writes together',
        description:
          'Writes that are ready at the same moment go to Graph as one request ($batch), up to 20 of them. Each counts in the budget as ever. Off: each by itself.',
        default: true,
      }),
    ),
    sweep: Type.Optional(sweep),
    read: Type.Optional(read),
  },
  {
    title: 'Microsoft Teams',
    description: 'Presence in Microsoft Teams through Microsoft Graph, with an application of your own.',
    additionalProperties: false,
  },
)

export type TeamsConfig = Static<typeof teamsConfigSchema>
