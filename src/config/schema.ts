import Type, { type Static } from 'typebox'
import { alertsSchema, timeZoneSchema } from './alert-schema.ts'
import { applicationsSchema } from './application-schema.ts'
import { clusterSchema } from './cluster-schema.ts'
import { hiddenSchema, viewerName } from './hidden-schema.ts'
import { historySchema } from './history-schema.ts'
import { idPattern } from './id-pattern.ts'
import { linkSchema } from './link-schema.ts'
import { networkSchema } from './network-schema.ts'
import { peopleSchema } from './person-schema.ts'
import { ringSchema } from './ring-schema.ts'
import { selfServiceSchema } from './self-service-schema.ts'
import { signInSchema } from './sign-in-schema.ts'
import { storeSchema } from './store-schema.ts'
import { webhooksSchema } from './webhook-schema.ts'

/** Source of what external systems say over the API; every tenant has it, no connector may take its name. */
export const externalSource = 'api'

export const scopes = ['read', 'signal', 'ring', 'admin'] as const
/** What an API token may do: look, speak for people, ask whether a call shall ring, or everything. */
export type Scope = (typeof scopes)[number]

const tokenSchema = Type.Object(
  {
    name: Type.String({
      title: 'Name',
      description: 'Appears in the log beside what the token was used for.',
      minLength: 1,
      maxLength: 100,
    }),
    token: Type.String({
      title: 'Token',
      description: 'The secret that a caller sends as `Authorization: Bearer ...`; at least 16 characters.',
      minLength: 16,
      maxLength: 4096,
      pattern: '^[\\x21-\\x7e]+$',
      secret: true,
    }),
    scopes: Type.Array(Type.Enum([...scopes]), {
      title: 'Scopes',
      description:
        '`read` looks, `signal` speaks for people (PUT signals), `ring` asks whether a call shall ring (for a phone system), `admin` may do everything.',
      default: ['read'],
      minItems: 1,
      uniqueItems: true,
    }),
    viewer: Type.Optional({
      ...viewerName,
      title: 'Viewer',
      description: 'Group of viewers from whom a tenant may hide people (`hidden`).',
    }),
    tenants: Type.Optional(
      Type.Array(Type.String({ pattern: idPattern }), {
        title: 'Tenants',
        description: 'Ids of the only tenants that this caller reaches; all where left out.',
        minItems: 1,
        uniqueItems: true,
      }),
    ),
  },
  { additionalProperties: false, title: 'API token', description: 'One caller of the API.' },
)

const httpSchema = Type.Object(
  {
    host: Type.String({
      title: 'Host',
      description:
        'Address the board and the API listen at. Without API tokens only a loopback address is accepted.',
      default: '127.0.0.1',
      minLength: 1,
    }),
    port: Type.Integer({
      title: 'Port',
      description: 'TCP port; 0 picks a free one.',
      default: 8080,
      minimum: 0,
      maximum: 65535,
    }),
    publicUrl: Type.Optional(
      Type.String({
        title: 'Public address',
        description:
          'How other systems reach this hub through a proxy, for webhooks: `https://hub.contoso.example`. Left out: the address it listens at.',
        pattern: '^https?://[^\\s/?#]+(/[^\\s?#]*)?$',
        examples: ['https://hub.contoso.example'],
      }),
    ),
    tokens: Type.Array(tokenSchema, {
      title: 'API tokens',
      description:
        'Who may call the API. Without any it answers on loopback only, and asks nobody who they are.',
      default: [],
    }),
  },
  { additionalProperties: false, default: {}, title: 'HTTP', description: 'The board and the API.' },
)

const logSchema = Type.Object(
  {
    level: Type.Enum(['debug', 'info', 'warn', 'error'], {
      title: 'Level',
      description: 'The least that is logged.',
      default: 'info',
    }),
  },
  {
    additionalProperties: false,
    default: {},
    title: 'Log',
    description: 'One JSON line per event, on standard error.',
  },
)

/** The part that every connector has; its own fields are checked by the schema of its type. */
export const connectorSchema = Type.Object(
  {
    id: Type.String({
      title: 'Id',
      description: 'Names this connection in links and addresses: letters, digits, - and _.',
      pattern: idPattern,
    }),
    type: Type.String({ title: 'Type', description: 'Which kind of system it is.', minLength: 1 }),
    teamsSync: Type.Optional(
      Type.Enum(['hub', 'vendor'], {
        title: 'Teams sync',
        description:
          'For a phone system: who keeps it and Teams in step. `hub` (also when left out): links of this file do, and the vendor\u2019s own connector must be off. `vendor`: its own connector does, no link between the two is allowed, and Teams is read as carrying its calls.',
      }),
    ),
    application: Type.Optional(
      Type.Literal('operator', {
        title: 'Application',
        description:
          '`operator`: it signs in with the application of the operator (`applications`), once somebody consented to it for their organisation and that was confirmed. Left out, with one of its own.',
      }),
    ),
    site: Type.Optional(
      Type.String({
        title: 'Site',
        description:
          'Name of the site near the phone system where this connector runs (`hookswitch site`), which dials out to this hub. Left out, it runs here. See docs/operations/sites.md.',
        pattern: idPattern,
        examples: ['berlin'],
      }),
    ),
    siteHoldMinutes: Type.Optional(
      Type.Integer({
        title: 'Minutes without the hub',
        description:
          'For a connector at a site: how long what was written at phones stays there while the site has no link to this hub; then the site takes it back by itself. Left out, 15. See docs/operations/sites.md.',
        minimum: 1,
        maximum: 720,
        examples: [60],
      }),
    ),
    readOnly: Type.Optional(
      Type.Boolean({
        title: 'Read only',
        description:
          'Nothing is written at this system: links to it decide and explain, and the permissions for writing are not needed. To begin with.',
      }),
    ),
  },
  { title: 'Connector', description: 'One connected system. Its further fields depend on its type.' },
)

const tenantSchema = Type.Object(
  {
    id: Type.String({
      title: 'Id',
      description: 'Names the tenant in the API: letters, digits, - and _.',
      pattern: idPattern,
      examples: ['contoso'],
    }),
    connectors: Type.Array(connectorSchema, {
      title: 'Connectors',
      description: 'The systems of this tenant.',
      default: [],
    }),
    people: peopleSchema,
    consent: Type.Enum(['everyone', 'optIn', 'paired'], {
      title: 'Consent',
      description:
        'For whom the hub acts at Microsoft 365. `everyone`: whom a link covers. `optIn`: of them, only who switched it on themselves. `paired`: Teams is read for everyone, and written only for who signed in with their own Microsoft account, with that sign-in. See docs/guide/consent.md.',
      default: 'everyone',
    }),
    syncShared: Type.Boolean({
      title: 'Synchronise shared phones',
      description:
        'Shared and hot-desk extensions are listed as such and left alone unless this is true; one whose address is given by hand is kept in step.',
      default: false,
    }),
    preset: Type.String({
      title: 'Preset',
      description:
        'The rules of links that name no preset of their own, where that preset has a table for their direction.',
      default: 'default',
      minLength: 1,
    }),
    history: historySchema,
    hidden: hiddenSchema,
    selfService: selfServiceSchema,
    timeZone: Type.Optional(timeZoneSchema),
    links: Type.Array(linkSchema, {
      title: 'Links',
      description: 'Who follows whom.',
      default: [],
    }),
    ring: ringSchema,
    webhooks: webhooksSchema,
  },
  { additionalProperties: false, title: 'Tenant', description: 'One organisation; tenants share nothing.' },
)

/** The whole of `hookswitch.yaml`. */
export const configSchema = Type.Object(
  {
    http: httpSchema,
    network: networkSchema,
    signIn: signInSchema,
    store: storeSchema,
    cluster: clusterSchema,
    log: logSchema,
    alerts: alertsSchema,
    applications: applicationsSchema,
    tenants: Type.Array(tenantSchema, {
      title: 'Tenants',
      description: 'The organisations this hub serves; usually one.',
      minItems: 1,
    }),
  },
  { additionalProperties: false, title: 'Hookswitch', description: 'Configuration of the hub.' },
)

/** The file as written, defaults filled in and references replaced. */
export type HookswitchConfig = Static<typeof configSchema>
