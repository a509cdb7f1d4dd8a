import { type Static, Type } from 'typebox'

/** Several hubs that share one PostgreSQL schema and talk over NATS. */
export const clusterSchema = Type.Optional(
  Type.Object(
    {
      node: Type.String({
        title: 'Node',
        description: 'Name of this hub among the others, each its own: letters, digits, - and _.',
        pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,29}$',
        examples: ['hub-1'],
      }),
      configuration: Type.Enum(['file', 'stored'], {
        title: 'Configuration',
        description:
          '`file`: tenants and everything else are in this file, the same at every hub. `stored`: they are in the store, and changed in the portal of any hub; this file has only `store`, `cluster`, `http`, `log` and `network`, and `tenants: []`.',
        default: 'file',
      }),
      nats: Type.Object(
        {
          servers: Type.Array(Type.String({ pattern: '^(nats|tls)://[^\\s/@]+$' }), {
            title: 'Servers',
            description:
              '`nats://HOST:4222`, or `tls://HOST:4222` for encrypted connections; any that answers will do. Version 2.9 or newer.',
            minItems: 1,
            examples: [['nats://nats-1:4222', 'nats://nats-2:4222', 'nats://nats-3:4222']],
          }),
          prefix: Type.String({
            title: 'Prefix',
            description: 'First word of every subject: installations that share NATS servers have one each.',
            default: 'hookswitch',
            pattern: '^[A-Za-z0-9_-]{1,40}$',
          }),
          user: Type.Optional(
            Type.String({ title: 'Account', description: 'Of the NATS servers.', minLength: 1 }),
          ),
          password: Type.Optional(
            Type.String({ title: 'Password', description: 'Of that account.', minLength: 1, secret: true }),
          ),
          token: Type.Optional(
            Type.String({
              title: 'Token',
              description: 'Where the NATS servers want one in the place of an account.',
              minLength: 1,
              secret: true,
            }),
          ),
          ca: Type.Optional(
            Type.String({
              title: 'Certificate authority',
              description:
                'PEM of who signed the certificates of the NATS servers, where this machine does not know them.',
              minLength: 1,
            }),
          ),
        },
        {
          additionalProperties: false,
          title: 'NATS',
          description: 'The servers over which the hubs talk to each other.',
        },
      ),
    },
    {
      additionalProperties: false,
      title: 'Cluster',
      description:
        'Several hubs that share one PostgreSQL schema, each tenant at one of them; the rest of the configuration is the same for all. Left out: one hub.',
    },
  ),
)

export type ClusterConfig = NonNullable<Static<typeof clusterSchema>>
