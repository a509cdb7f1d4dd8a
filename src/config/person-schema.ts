import Type from 'typebox'

/** Where a person can be reached, as written: one address or several. */
export type WrittenAddresses = Record<string, string | string[]>

export const upnPattern = '^[^\\s@/]+@[^\\s@/]+$'

const addressesSchema = {
  type: 'object',
  additionalProperties: {
    type: ['string', 'array'],
    minLength: 1,
    maxLength: 320,
    minItems: 1,
    uniqueItems: true,
    items: { type: 'string', minLength: 1, maxLength: 320 },
  },
}

export const personSchema = Type.Object(
  {
    upn: Type.String({
      title: 'User principal name',
      description: 'Names the person in Microsoft 365 and here; has the form name@domain.',
      pattern: upnPattern,
      maxLength: 320,
      examples: ['anna@contoso.example'],
    }),
    name: Type.Optional(
      Type.String({ title: 'Name', description: 'Shown on the board.', minLength: 1, maxLength: 200 }),
    ),
    mail: Type.Optional(
      Type.String({
        title: 'Mail address',
        description: 'Used to find the person in a directory when the UPN is not found there.',
        pattern: upnPattern,
        maxLength: 320,
      }),
    ),
    aliases: Type.Array(Type.String({ pattern: upnPattern, maxLength: 320 }), {
      title: 'Aliases',
      description: 'Further mail addresses, tried last.',
      default: [],
    }),
    addresses: Type.Unsafe<WrittenAddresses>({
      ...addressesSchema,
      title: 'Addresses',
      description:
        'Per connector id the address there (an extension, an object id), or a list of them. A connector that finds people by UPN or mail needs none.',
      default: {},
    }),
    groups: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      title: 'Groups',
      description: 'Groups the person belongs to; links can cover groups.',
      default: [],
      uniqueItems: true,
    }),
    optedIn: Type.Boolean({
      title: 'Opted in',
      description: 'Whether the person has agreed; counts for links with `optedInOnly`.',
      default: false,
    }),
    sync: Type.Boolean({
      title: 'Synchronise',
      description: 'False takes the person out: shown on the board, nothing written.',
      default: true,
    }),
  },
  { additionalProperties: false, title: 'Person', description: 'One person and where to reach them.' },
)

const directorySchema = {
  from: {
    const: 'directory',
    title: 'From the directory',
    description:
      'People are the directory entries that a phone system and the collaboration tenant share by mail.',
  },
  except: {
    type: 'array',
    items: { type: 'string', pattern: upnPattern, maxLength: 320 },
    default: [],
    title: 'Except',
    description: 'UPNs that are never synchronised.',
  },
  addresses: {
    type: 'object',
    propertyNames: { pattern: upnPattern },
    additionalProperties: addressesSchema,
    default: {},
    title: 'Addresses by hand',
    description:
      'Per UPN of somebody whom the collaboration tenant knows the addresses at connectors, by id: they win over what is found by mail.',
  },
}

/** `people: [...]`, or `people: { from: directory }`. */
export type WrittenPeople =
  | Type.Static<typeof personSchema>[]
  | { from: 'directory'; except: string[]; addresses: Record<string, WrittenAddresses> }

export const peopleSchema = Type.Unsafe<WrittenPeople>({
  // One keyword set for both forms: each keyword speaks of its own type only, so an error names the real fault
  // and not "no alternative matched".
  type: ['array', 'object'],
  items: personSchema,
  properties: directorySchema,
  required: ['from'],
  additionalProperties: false,
  title: 'People',
  description: 'A list of people, or `from: directory` to match people by mail.',
  default: [],
})
