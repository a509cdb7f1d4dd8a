import Type, { type Static } from 'typebox'
import { parseBaseUrl } from '../kit/base-url.ts'

const shownAs = (title: string, description: string) =>
  Type.Optional(
    Type.Union([Type.Literal('available'), Type.Literal('away'), Type.Literal('doNotDisturb')], {
      title,
      description,
      default: 'away',
    }),
  )

const flag = (title: string, description: string, byDefault: boolean) =>
  Type.Optional(Type.Boolean({ title, description, default: byDefault }))

/** One slice of the configuration, for one 3CX. */
export const configSchema = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description:
        'Of the 3CX web client, for example https://contoso.3cx.eu or, self-hosted, https://pbx.contoso.com:5001.',
      address: true,
    }),
    clientId: Type.String({
      title: 'Client ID',
      description: 'Of the API client made for the hub alone in Admin Console, Integrations, API.',
      minLength: 1,
    }),
    clientSecret: Type.String({
      title: 'API key',
      description: 'Shown once when the API client is made.',
      minLength: 1,
      secret: true,
    }),
    calls: flag(
      'Calls',
      'Hear calls over the Call Control API, which must be ticked at the API client. Without it only profiles are kept in step.',
      true,
    ),
    writeProfile: flag('Write profiles', 'Let links set the profile of a user.', true),
    customProfile1: shownAs('Custom 1 means', 'What the first profile of the system owner’s own counts as.'),
    customProfile2: shownAs('Custom 2 means', 'What the second profile of the system owner’s own counts as.'),
    profileSeconds: Type.Optional(
      Type.Integer({
        title: 'Read profiles every',
        description: 'Seconds. 3CX tells nobody of a change of profile. Stretched while reading takes long.',
        minimum: 1,
        maximum: 300,
        default: 4,
      }),
    ),
    reconcileSeconds: Type.Optional(
      Type.Integer({
        title: 'Read all calls every',
        description: 'Seconds, in case an event was missed.',
        minimum: 5,
        maximum: 600,
        default: 45,
      }),
    ),
  },
  {
    title: '3CX',
    description: 'Calls and profiles of a 3CX V20, with an API client of your own.',
    additionalProperties: false,
  },
)

export type ThreeCxConfig = Static<typeof configSchema>

/** The configuration with its defaults filled in. */
export type Settings = Required<ThreeCxConfig>

/** Throws ConnectorFailure (misconfigured) for an address that cannot be used. */
export function resolveSettings(config: ThreeCxConfig): Settings {
  return {
    calls: true,
    writeProfile: true,
    customProfile1: 'away',
    customProfile2: 'away',
    profileSeconds: 4,
    reconcileSeconds: 45,
    ...config,
    url: parseBaseUrl(config.url, 'url'),
  }
}
