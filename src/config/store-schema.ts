import { type Static, Type } from 'typebox'

/** Where the hub keeps what must survive a restart. */
export const storeSchema = Type.Object(
  {
    kind: Type.Enum(['sqlite', 'postgresql'], {
      title: 'Kind',
      description:
        '`sqlite`: the embedded store. `postgresql`: a schema of a PostgreSQL database, version 13 or newer.',
      default: 'sqlite',
    }),
    path: Type.String({
      title: 'Path',
      description:
        'Folder for the data; a relative one counts from the folder of this file. With `postgresql` only the token of the command line and a lock are kept there.',
      default: './data',
      minLength: 1,
    }),
    url: Type.Optional(
      Type.String({
        title: 'Address',
        description:
          'Of the PostgreSQL database, with account and password: `postgresql://ACCOUNT:PASSWORD@HOST:5432/DATABASE`. The server itself, not a connection pooler.',
        pattern: '^postgres(ql)?://',
        secret: true,
      }),
    ),
    schema: Type.String({
      title: 'Schema',
      description: 'Of the PostgreSQL database; made where it is missing. Each hub has one of its own.',
      default: 'hookswitch',
      pattern: '^[a-z_][a-z0-9_]{0,62}$',
    }),
    poolSize: Type.Integer({
      title: 'Connections',
      description: 'Most connections to PostgreSQL for reading; two more are for the lock and for writing.',
      default: 4,
      minimum: 1,
      maximum: 100,
    }),
    tls: Type.Enum(['auto', 'on', 'off'], {
      title: 'Encryption',
      description:
        'Of the connections to PostgreSQL. `auto`: encrypted, and the certificate verified, unless the server is on this machine.',
      default: 'auto',
    }),
    ca: Type.Optional(
      Type.String({
        title: 'Certificate authority',
        description:
          'PEM of who signed the certificate of PostgreSQL, where this machine does not know them.',
        minLength: 1,
      }),
    ),
    apiRole: Type.Optional(
      Type.String({
        title: 'Role for reading',
        description:
          'Of PostgreSQL: what the API reads of the past is read in this role, which sees the rows of the asked tenants alone (row level security). Made where it is missing and the account may make one.',
        pattern: '^[a-z_][a-z0-9_]{0,62}$',
      }),
    ),
  },
  {
    additionalProperties: false,
    default: {},
    title: 'Store',
    description: 'What must survive a restart: the ledger of what was written, resolved ids, choices.',
  },
)

export type StoreConfig = Static<typeof storeSchema>
