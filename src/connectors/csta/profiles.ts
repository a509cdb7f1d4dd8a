import type { Framing } from './framer.ts'

/** How a connection is signed in, as ECMA-354 leaves it to each system. */
export type SignInStyle =
  /** StartApplicationSession (ECMA-354) with `user` and `password`, as OpenScape Business takes them. */
  | 'session'
  /** StartApplicationSession with Avaya's SessionLoginInfo. */
  | 'avayaSession'
  /** None: the address of this machine is all that counts. RequestSystemStatus keeps the connection alive. */
  | 'none'

/** What differs between systems that speak CSTA over TCP: data, no code. */
export interface Profile {
  readonly title: string
  readonly framing: Framing
  /** XML namespace of our requests. What comes is read by local names, whatever its namespace. */
  readonly edition: string
  readonly signIn: SignInStyle
  /** Protocol version that a session is asked for. */
  readonly version: string
  /** How an extension is written; `{switch}` is the setting `switchName`. */
  readonly device: string
  readonly deviceAttributes: Readonly<Record<string, string>>
}

const edition = (number: number) => `http://www.ecma-international.org/standards/ecma-323/csta/ed${number}`

/** By the word in the setting `profile`; docs/connectors/csta.md says where each is from. */
export const profiles = {
  'ecma-354': {
    title: 'CSTA with an application session',
    framing: 'header',
    edition: edition(4),
    signIn: 'session',
    version: edition(4),
    device: '{extension}',
    deviceAttributes: {},
  },
  openscape: {
    title: 'OpenScape Business',
    framing: 'header',
    edition: edition(4),
    signIn: 'session',
    version: edition(4),
    device: '{extension}',
    deviceAttributes: { typeOfNumber: 'dialingNumber' },
  },
  'avaya-dmcc': {
    title: 'Avaya Aura Application Enablement Services (DMCC)',
    framing: 'header',
    edition: edition(3),
    signIn: 'avayaSession',
    version: `${edition(3)}/priv2`,
    device: '{extension}:{switch}::0',
    deviceAttributes: { typeOfNumber: 'other', mediaClass: 'notKnown' },
  },
  'uni-tel': {
    title: 'Uni-tel',
    framing: 'nul',
    edition: edition(6),
    signIn: 'session',
    version: edition(6),
    device: '{extension}',
    deviceAttributes: {},
  },
  'no-session': {
    title: 'CSTA without a sign-in',
    framing: 'header',
    edition: edition(3),
    signIn: 'none',
    version: edition(3),
    device: '{extension}',
    deviceAttributes: {},
  },
} as const satisfies Readonly<Record<string, Profile>>

export type ProfileName = keyof typeof profiles
