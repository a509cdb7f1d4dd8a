import { type Static, Type } from 'typebox'

/** Whom the hub may connect to when a configuration asks it to. */
export const networkSchema = Type.Object(
  {
    mode: Type.Enum(['onSite', 'hosted'], {
      title: 'Mode',
      description:
        '`onSite`: the hub stands in the network of those it serves and reaches it. `hosted`: it serves tenants from elsewhere, who must not look into the network that it stands in: only public addresses are reached. Never reached, in both: services where a cloud tells a machine its secrets.',
      default: 'onSite',
    }),
    allow: Type.Array(Type.String({ minLength: 2, maxLength: 64 }), {
      title: 'Allowed',
      description:
        'Addresses and ranges that are reached although the mode forbids them: `10.20.0.0/16`, `2001:db8::5`. Counted is what a name stands for when a connection is made.',
      default: [],
      maxItems: 200,
      examples: [['10.20.0.0/16']],
    }),
  },
  {
    additionalProperties: false,
    default: {},
    title: 'Network',
    description: 'Whom connectors, webhooks, and sign-in providers may be connected to.',
  },
)

export type NetworkConfig = Static<typeof networkSchema>
