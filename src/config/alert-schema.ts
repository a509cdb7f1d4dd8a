import Type, { type Static } from 'typebox'

const clockTime = (title: string, description: string, example: string) =>
  Type.String({ title, description, pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', examples: [example] })

/** An IANA name such as Europe/Berlin; whether it exists is checked apart. */
export const timeZoneSchema = Type.String({
  title: 'Time zone',
  description: 'IANA name, such as Europe/Berlin. Left out, that of the machine counts.',
  minLength: 1,
  maxLength: 64,
  examples: ['Europe/Berlin'],
})

const mailSchema = Type.Object(
  {
    host: Type.String({
      title: 'Host',
      description: 'SMTP server.',
      minLength: 1,
      maxLength: 253,
      examples: ['smtp.contoso.example'],
    }),
    port: Type.Integer({
      title: 'Port',
      description: 'TCP port. 465 begins with TLS; any other uses STARTTLS where it is offered.',
      default: 587,
      minimum: 1,
      maximum: 65535,
    }),
    from: Type.String({
      title: 'From',
      description: 'Sender.',
      minLength: 3,
      maxLength: 320,
      examples: ['hookswitch@contoso.example'],
    }),
    to: Type.Array(Type.String({ pattern: '^[^\\s@]+@[^\\s@]+$', maxLength: 320 }), {
      title: 'To',
      description: 'Who is told.',
      minItems: 1,
      maxItems: 50,
      examples: [['it@contoso.example']],
    }),
    user: Type.Optional(
      Type.String({
        title: 'User',
        description: 'For servers that want a sign-in, which then goes over TLS only.',
        minLength: 1,
        maxLength: 320,
      }),
    ),
    password: Type.Optional(
      Type.String({ title: 'Password', description: 'Of that user.', minLength: 1, secret: true }),
    ),
  },
  { additionalProperties: false, title: 'Mail', description: 'Tells by mail.' },
)

const webhookSchema = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description: 'Gets a POST with JSON.',
      pattern: '^https?://[^\\s]+$',
      maxLength: 2048,
      examples: ['https://alerts.contoso.example/hookswitch'],
    }),
    secret: Type.String({
      title: 'Secret',
      description: 'Signs each message (Standard Webhooks): `whsec_` and base64, or any text.',
      minLength: 16,
      maxLength: 512,
      secret: true,
    }),
  },
  { additionalProperties: false, title: 'Webhook', description: 'Tells a program.' },
)

const quietHoursSchema = Type.Object(
  {
    from: clockTime('From', 'Hour and minute.', '22:00'),
    to: clockTime('To', 'Hour and minute; earlier than `from` is the next day.', '07:00'),
    timeZone: Type.Optional(timeZoneSchema),
  },
  {
    additionalProperties: false,
    title: 'Quiet hours',
    description: 'Nobody is told; what happened is told together when they end.',
  },
)

/** `alerts:` of the configuration. */
export const alertsSchema = Type.Object(
  {
    mail: Type.Optional(mailSchema),
    webhooks: Type.Array(webhookSchema, {
      title: 'Webhooks',
      description: 'Addresses that are told.',
      default: [],
      maxItems: 10,
    }),
    quietHours: Type.Optional(quietHoursSchema),
    downAfter: Type.Integer({
      title: 'Down after',
      description: 'Minutes that a connector may be out of order before somebody is told.',
      default: 5,
      minimum: 1,
      maximum: 1440,
    }),
    staleAfter: Type.Integer({
      title: 'Stale after',
      description: 'Minutes that a do not disturb of ours may outlive its cause before somebody is told.',
      default: 10,
      minimum: 1,
      maximum: 1440,
    }),
    expiryDays: Type.Integer({
      title: 'Expiry',
      description:
        'Days before a certificate or a secret expires from which on somebody is told; again 14, 7 and 1 days before.',
      default: 30,
      minimum: 1,
      maximum: 365,
    }),
  },
  {
    additionalProperties: false,
    default: {},
    title: 'Alerts',
    description:
      'Who is told of what is wrong. Without mail and webhooks alerts are at /api/v1/alerts and in the log.',
  },
)

export type AlertsConfig = Static<typeof alertsSchema>
