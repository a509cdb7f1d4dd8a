import type { Framing } from './frames.ts'
import { find, type Node } from './xml.ts'

/** How one kind of system signs in, frames and writes numbers. */
export interface Dialect {
  readonly framing: Framing
  readonly edition: string
  /** User and password of StartApplicationSession; undefined where nobody signs in. */
  readonly credentials?: (request: Node) => { readonly user: string; readonly password: string }
  /** Attributes that a device identifier must bear. */
  readonly deviceAttributes: Readonly<Record<string, string>>
  /** The extension in a device identifier; undefined for what is none. */
  extensionOf(identifier: string): string | undefined
  /** A device identifier, of an extension or of a number outside. */
  identify(number: string): string
}

const namespace = (edition: string) => `http://www.ecma-international.org/standards/ecma-323/csta/${edition}`

const plainCredentials = (request: Node) => {
  const info = find(request, 'applicationSpecificInfo')
  return { user: find(info, 'user')?.text ?? '', password: find(info, 'password')?.text ?? '' }
}

const plain = {
  deviceAttributes: {},
  extensionOf: (identifier: string) => identifier,
  identify: (number: string) => number,
}

export const labSwitch = 'LAB'

export const dialects = {
  'ecma-354': { ...plain, framing: 'header', edition: namespace('ed4'), credentials: plainCredentials },
  openscape: {
    ...{ framing: 'header', edition: namespace('ed4'), credentials: plainCredentials },
    deviceAttributes: { typeOfNumber: 'dialingNumber' },
    extensionOf: (identifier: string) => identifier,
    identify: (number: string) => `N<${number}>;noa=nk`,
  },
  'avaya-dmcc': {
    ...{ framing: 'header', edition: namespace('ed3') },
    credentials(request: Node) {
      const info = find(request, 'SessionLoginInfo')
      const own = info?.namespace === 'http://www.avaya.com/csta' ? info : undefined
      return { user: find(own, 'userName')?.text ?? '', password: find(own, 'password')?.text ?? '' }
    },
    deviceAttributes: { typeOfNumber: 'other', mediaClass: 'notKnown' },
    extensionOf: (identifier: string) => new RegExp(`^(\\d+):${labSwitch}::0$`).exec(identifier)?.[1],
    identify: (number: string) => `${number}:${labSwitch}::0`,
  },
  'uni-tel': { ...plain, framing: 'nul', edition: namespace('ed6'), credentials: plainCredentials },
  'no-session': { ...plain, framing: 'header', edition: namespace('ed3') },
} as const satisfies Readonly<Record<string, Dialect>>

export type DialectName = keyof typeof dialects
