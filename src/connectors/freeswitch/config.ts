import Type, { type Static } from 'typebox'
import { ConnectorFailure } from '../../core/connector.ts'
import { listedExtension } from '../kit/listed-extension.ts'

const extension = Type.Object(listedExtension('User id in the directory, without the domain.'), {
  additionalProperties: false,
})

const seconds = (title: string, description: string, byDefault: number) =>
  Type.Optional(Type.Integer({ title, description, minimum: 2, maximum: 86_400, default: byDefault }))

const doNotDisturb = {
  flavour: Type.Optional(
    Type.Union([Type.Literal('plain'), Type.Literal('fusionpbx')], {
      title: 'Flavour',
      description:
        'Where do not disturb is kept. plain: at a place of your own that your dialplan asks. fusionpbx: the field of the extension in FusionPBX.',
      default: 'plain',
    }),
  ),
  writeDnd: Type.Optional(
    Type.Boolean({
      title: 'Write do not disturb',
      description: 'Let links set and clear do not disturb at extensions.',
      default: true,
    }),
  ),
  dndStore: Type.Optional(
    Type.Union([Type.Literal('db'), Type.Literal('hash')], {
      title: 'DND store',
      description:
        'plain only. db: the database of mod_db, which a restart keeps. hash: the memory of mod_hash, which it does not.',
      default: 'db',
    }),
  ),
  dndRealm: Type.Optional(
    Type.String({
      title: 'DND realm',
      description: 'plain only. First part of the place: {realm}/{key}.',
      pattern: '^[A-Za-z0-9._-]+$',
      default: 'dnd',
    }),
  ),
  dndKey: Type.Optional(
    Type.String({
      title: 'DND key',
      description: 'plain only. Second part; {extension} and {domain} are replaced.',
      pattern: '^[A-Za-z0-9._@{}-]*\\{extension\\}[A-Za-z0-9._@{}-]*$',
      default: '{extension}',
    }),
  ),
  dndSeconds: seconds('DND interval', 'Do not disturb is read again this often, in seconds.', 5),
}

const tls = {
  tls: Type.Optional(
    Type.Boolean({
      title: 'TLS',
      description:
        'Connect with TLS, to a proxy before the event socket (stunnel, HAProxy): it has none itself.',
      default: false,
      address: true,
    }),
  ),
  ca: Type.Optional(
    Type.String({
      title: 'CA certificate',
      description: 'PEM of the authority, or of the self-signed certificate, of that proxy.',
      address: true,
    }),
  ),
  serverName: Type.Optional(
    Type.String({
      title: 'Server name',
      description: 'Name in the certificate of that proxy, where it is not the host.',
      address: true,
    }),
  ),
}

/** One slice of the configuration, for one domain of one FreeSWITCH. */
export const configSchema = Type.Object(
  {
    host: Type.String({
      title: 'Host',
      description: 'Name or address of the FreeSWITCH.',
      minLength: 1,
      address: true,
    }),
    port: Type.Optional(
      Type.Integer({
        title: 'Port',
        description: 'listen-port of event_socket.conf.xml.',
        minimum: 1,
        maximum: 65_535,
        default: 8021,
        address: true,
      }),
    ),
    password: Type.String({
      title: 'Password',
      description: 'password of event_socket.conf.xml.',
      minLength: 1,
      pattern: '^[^\\r\\n]+$',
      secret: true,
    }),
    domain: Type.String({
      title: 'Domain',
      description: 'Directory domain of the extensions: what follows the @ in their presence id.',
      pattern: '^[A-Za-z0-9._:\\[\\]-]+$',
    }),
    extensions: Type.Optional(
      Type.Array(extension, {
        title: 'Extensions',
        description: 'Names and mail addresses, where the directory of the FreeSWITCH does not have them.',
      }),
    ),
    ...tls,
    ...doNotDisturb,
    lamps: Type.Optional(
      Type.Boolean({
        title: 'Light lamps',
        description:
          'Light the busy lamps of an extension while its do not disturb is on, and while a link shows a call there.',
        default: false,
      }),
    ),
    sipProfile: Type.Optional(
      Type.String({
        title: 'SIP profile',
        description: 'Profile at which the phones subscribe to lamps; it needs manage-presence.',
        pattern: '^[A-Za-z0-9._-]+$',
        default: 'internal',
      }),
    ),
    reconcileSeconds: seconds('Reconcile', 'Everything is read again this often, in seconds.', 60),
  },
  { additionalProperties: false },
)

export type FreeSwitchConfig = Static<typeof configSchema>

/** The configuration with its defaults filled in. */
export interface Settings extends Required<Omit<FreeSwitchConfig, 'ca' | 'serverName'>> {
  readonly ca: string | undefined
  readonly serverName: string | undefined
}

/** Throws ConnectorFailure where the values cannot be used. */
export function resolveSettings(config: FreeSwitchConfig): Settings {
  if (/[\r\n]/.test(config.password)) {
    throw new ConnectorFailure('misconfigured', 'The password has a line break in it.', {
      fix: 'Write the password of event_socket.conf.xml in one line.',
    })
  }
  return {
    ...{ port: 8021, extensions: [], flavour: 'plain', writeDnd: true, lamps: false },
    ...{ dndStore: 'db', dndRealm: 'dnd', dndKey: '{extension}', dndSeconds: 5 },
    ...{ sipProfile: 'internal', reconcileSeconds: 60, tls: false },
    ...config,
    ca: config.ca,
    serverName: config.serverName,
  }
}

/** What may be put into a command: anything else could end it or reach into another place. */
export function isUser(address: string): boolean {
  return /^[A-Za-z0-9_.*#+-]{1,64}$/.test(address)
}
