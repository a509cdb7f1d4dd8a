import Type from 'typebox'

/** `applications:` of the configuration: those of the operator, for every tenant that consents to them. */
export const applicationsSchema = Type.Array(
  Type.Object(
    {
      type: Type.String({
        title: 'Type',
        description: 'Type of the connectors that sign in with it.',
        minLength: 1,
        default: 'teams',
        examples: ['teams'],
      }),
      clientId: Type.String({
        title: 'Application id',
        description: 'Application (client) id of the multi-tenant app registration.',
        pattern: '^[A-Za-z0-9-]+$',
        maxLength: 100,
        examples: ['66666666-7777-8888-9999-000000000000'],
      }),
      clientSecret: Type.String({
        title: 'Client secret',
        description: 'The value of a client secret of the app registration.',
        minLength: 1,
        maxLength: 1000,
        secret: true,
      }),
      cloud: Type.Optional(
        Type.Enum(['global', 'gcc-high', 'dod'], {
          title: 'Cloud',
          description: 'The Microsoft cloud of its tenants. GCC uses global.',
        }),
      ),
      loginUrl: Type.Optional(
        Type.String({
          title: 'Sign-in address',
          description: 'Replaces the sign-in root of the cloud. Plain http is accepted for loopback only.',
        }),
      ),
      graphUrl: Type.Optional(
        Type.String({
          title: 'Graph address',
          description: 'Replaces the Graph root of the cloud. Plain http is accepted for loopback only.',
        }),
      ),
    },
    {
      additionalProperties: false,
      title: 'Application',
      description:
        'An application of the operator: administrators of customers consent to it by a link. See docs/guide/consent.md.',
    },
  ),
  {
    title: 'Applications',
    description: 'Applications of the operator, which tenants may use in the place of one of their own.',
    default: [],
    maxItems: 1,
  },
)
