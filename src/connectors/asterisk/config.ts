import Type, { type Static } from 'typebox'
import { listedExtension } from '../kit/listed-extension.ts'

const extension = Type.Object(
  {
    ...listedExtension('The number, as in the hint.'),
    devices: Type.Optional(
      Type.Array(Type.String(), {
        title: 'Devices',
        description:
          'Channel names without their number, for example PJSIP/1001. Default: those of the hint.',
      }),
    ),
  },
  { additionalProperties: false },
)

const flag = (title: string, description: string, byDefault: boolean) =>
  Type.Optional(Type.Boolean({ title, description, default: byDefault }))

const tls = {
  tls: Type.Optional(
    Type.Boolean({
      title: 'TLS',
      description: 'Connect with TLS (tlsenable = yes in manager.conf, port 5039).',
      default: false,
      address: true,
    }),
  ),
  ca: Type.Optional(
    Type.String({
      title: 'CA certificate',
      description: 'PEM of the authority, or of the self-signed certificate, that the PBX presents.',
      address: true,
    }),
  ),
  serverName: Type.Optional(
    Type.String({
      title: 'Server name',
      description: 'Name in the certificate of the PBX, where it is not the host.',
      address: true,
    }),
  ),
}

const doNotDisturb = {
  writeDnd: flag('Write do not disturb', 'Let links set and clear do not disturb at extensions.', true),
  dndDevice: Type.Optional(
    Type.String({
      title: 'DND device',
      description: 'Custom device state that stands for do not disturb; {extension} is replaced.',
      pattern: '^Custom:.*\\{extension\\}',
      default: 'Custom:DND{extension}',
    }),
  ),
  presence: flag(
    'Read custom presence',
    'Pass on CustomPresence (available, away, dnd ...) as a state the person chose. Do not disturb needs it not.',
    false,
  ),
}

/** One slice of the configuration, for one Asterisk or FreePBX. */
export const configSchema = Type.Object(
  {
    host: Type.String({
      title: 'Host',
      description: 'Name or address of the PBX.',
      minLength: 1,
      address: true,
    }),
    port: Type.Optional(
      Type.Integer({
        title: 'Port',
        description: 'Of the Asterisk Manager Interface: 5038, with TLS usually 5039.',
        minimum: 1,
        maximum: 65_535,
        default: 5038,
        address: true,
      }),
    ),
    username: Type.String({ title: 'User', description: 'The section of manager.conf.', minLength: 1 }),
    secret: Type.String({
      title: 'Secret',
      description: 'The secret of that section.',
      minLength: 1,
      secret: true,
    }),
    context: Type.Optional(
      Type.String({
        title: 'Hint context',
        description:
          'Dialplan context of the hints (FreePBX: ext-local). Default: wherever the extension has one.',
      }),
    ),
    flavour: Type.Optional(
      Type.Union([Type.Literal('auto'), Type.Literal('freepbx'), Type.Literal('asterisk')], {
        title: 'Flavour',
        description: 'FreePBX keeps do not disturb in its database as well. auto: look for AMPUSER entries.',
        default: 'auto',
      }),
    ),
    extensions: Type.Optional(
      Type.Array(extension, {
        title: 'Extensions',
        description: 'Names, mail addresses and devices, where the lists of the PBX do not have them.',
      }),
    ),
    ...tls,
    ...doNotDisturb,
    featureCodes: flag(
      'Count feature codes',
      'Count calls to star codes (*97 ...) that reach nobody else as calls.',
      false,
    ),
    sweepSeconds: Type.Optional(
      Type.Integer({
        title: 'Sweep',
        description: 'Everything is read again this often, in seconds, for changes that make no event.',
        minimum: 10,
        maximum: 86_400,
        default: 300,
      }),
    ),
  },
  { additionalProperties: false },
)

export type AsteriskConfig = Static<typeof configSchema>

/** The configuration with its defaults filled in. */
export interface Settings extends Required<Omit<AsteriskConfig, 'context' | 'ca' | 'serverName'>> {
  readonly context: string | undefined
  readonly ca: string | undefined
  readonly serverName: string | undefined
}

export function settingsOf(config: AsteriskConfig): Settings {
  return {
    port: config.tls ? 5039 : 5038,
    flavour: 'auto',
    extensions: [],
    tls: false,
    writeDnd: true,
    dndDevice: 'Custom:DND{extension}',
    presence: false,
    featureCodes: false,
    sweepSeconds: 300,
    ...config,
    context: config.context,
    ca: config.ca,
    serverName: config.serverName,
  }
}
