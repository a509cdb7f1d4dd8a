import Type, { type Static } from 'typebox'
import { ConnectorFailure } from '../../core/connector.ts'
import { listedExtension } from '../kit/listed-extension.ts'
import { type Profile, type ProfileName, profiles } from './profiles.ts'

const extension = Type.Object(listedExtension('The number of the phone.'), { additionalProperties: false })

const optionalText = (title: string, description: string) =>
  Type.Optional(Type.String({ title, description, minLength: 1 }))

const optionalFlag = (title: string, description: string, byDefault: boolean) =>
  Type.Optional(Type.Boolean({ title, description, default: byDefault }))

const connection = {
  host: Type.String({
    title: 'Host',
    description: 'Name or address of the CSTA server.',
    minLength: 1,
    address: true,
  }),
  port: Type.Integer({
    title: 'Port',
    description: 'TCP port of its CSTA XML interface, as set at the system.',
    minimum: 1,
    maximum: 65_535,
    address: true,
  }),
  profile: Type.Optional(
    Type.Unsafe<ProfileName>({
      enum: Object.keys(profiles),
      title: 'Profile',
      description:
        'How this system signs in, frames its messages and writes its numbers: ecma-354 (an application session), openscape, avaya-dmcc, uni-tel, no-session.',
      default: 'ecma-354',
    }),
  ),
  username: optionalText('User', 'Of the application session; not for the profile no-session.'),
  password: Type.Optional(
    Type.String({ title: 'Password', description: 'Of that user.', minLength: 1, secret: true }),
  ),
  applicationId: Type.Optional(
    Type.String({
      title: 'Application id',
      description: 'The name under which this application is known at the system.',
      minLength: 1,
      default: 'Hookswitch',
    }),
  ),
  edition: optionalText(
    'Edition',
    'XML namespace of the requests, where it is another than the one of the profile.',
  ),
  switchName: optionalText('Switch name', 'avaya-dmcc: name of the switch connection at the server.'),
  tls: Type.Optional(
    Type.Boolean({ title: 'TLS', description: 'Connect with TLS.', default: false, address: true }),
  ),
  ca: Type.Optional(
    Type.String({
      title: 'CA certificate',
      description: 'PEM of the authority, or of the self-signed certificate, of the server.',
      minLength: 1,
      address: true,
    }),
  ),
  serverName: Type.Optional(
    Type.String({
      title: 'Server name',
      description: 'Name in the certificate of the server, where it is not the host.',
      minLength: 1,
      address: true,
    }),
  ),
}

/** One slice of the configuration, for one CSTA server. */
export const configSchema = Type.Object(
  {
    ...connection,
    extensions: Type.Optional(
      Type.Array(extension, {
        title: 'Extensions',
        description: 'Names and mail addresses: CSTA itself knows numbers only.',
      }),
    ),
    writeDnd: optionalFlag(
      'Write do not disturb',
      'Let links set and clear do not disturb at extensions.',
      true,
    ),
    internalDigits: Type.Optional(
      Type.Integer({
        title: 'Length of internal numbers',
        description:
          'Numbers of at most so many digits are internal calls; longer and other ones are external.',
        minimum: 0,
        maximum: 20,
        default: 5,
      }),
    ),
    sweepSeconds: Type.Optional(
      Type.Integer({
        title: 'Sweep',
        description: 'Every extension is read again this often, in seconds, in case an event was missed.',
        minimum: 10,
        maximum: 86_400,
        default: 300,
      }),
    ),
    probe: optionalText('Extension to try', 'Extension that the trial connection monitors for a moment.'),
  },
  { additionalProperties: false },
)

export type CstaConfig = Static<typeof configSchema>

/** The configuration with its defaults filled in. */
export interface Settings
  extends Required<
    Pick<
      CstaConfig,
      | 'host'
      | 'port'
      | 'applicationId'
      | 'tls'
      | 'extensions'
      | 'writeDnd'
      | 'internalDigits'
      | 'sweepSeconds'
    >
  > {
  readonly profile: Profile
  readonly username: string
  readonly password: string
  readonly switchName: string
  readonly ca: string | undefined
  readonly serverName: string | undefined
  readonly probe: string | undefined
}

/** Throws ConnectorFailure where the profile needs what is not set. */
export function settingsOf(config: CstaConfig): Settings {
  const name = config.profile ?? 'ecma-354'
  const profile: Profile = profiles[name]
  const missing = (setting: string) =>
    new ConnectorFailure('misconfigured', `The profile ${name} needs ${setting}.`, {
      fix: `Set ${setting}, or choose another profile.`,
    })
  const { username = '', password = '', switchName = '' } = config
  if (profile.signIn !== 'none' && username === '') throw missing('username')
  if (profile.signIn !== 'none' && password === '') throw missing('password')
  if (profile.device.includes('{switch}') && switchName === '') throw missing('switchName')
  return {
    ...{ applicationId: 'Hookswitch', tls: false, extensions: [], writeDnd: true },
    ...{ internalDigits: 5, sweepSeconds: 300, ...config, username, password, switchName },
    profile: { ...profile, edition: config.edition ?? profile.edition },
    ca: config.ca,
    serverName: config.serverName,
    probe: config.probe,
  }
}
