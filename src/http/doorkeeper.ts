import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessPort, OpenedSession, Session } from '../core/access.ts'
import type { TabPort } from '../core/tab-port.ts'
import type { TokenPort } from '../core/token-port.ts'
import { callerOfSession } from './account-caller.ts'
import {
  type ApiToken,
  type Caller,
  callerOfIssued,
  createAuthenticate,
  localCaller,
  readBearer,
} from './authorize.ts'
import { HttpProblem } from './problem.ts'
import { endedCookie, readSessionCookie, sessionCookie } from './session-cookie.ts'

export interface DoorOptions {
  readonly tokens: readonly ApiToken[]
  /** Lets the command line in that can read the hub's data directory. */
  readonly commandToken?: string | undefined
  /** Tokens that were made in the portal. */
  readonly issued?: Pick<TokenPort, 'find'> | undefined
  /** People who sign in; without it there are only tokens. */
  readonly access?: AccessPort | undefined
  /** Pages inside a system's client. */
  readonly tab?: TabPort | undefined
  /** Whether it is known here what others have revoked; always where it is left out. */
  readonly isSure?: (() => boolean) | undefined
  /** Browsers reach the hub over TLS. */
  readonly secure: boolean
}

/** Finds out who asks: a program by its token, a person by their session, or whoever is on this machine. */
export class Doorkeeper {
  readonly #options: DoorOptions
  readonly #authenticate: (header: string | undefined) => Caller

  constructor(options: DoorOptions) {
    this.#options = options
    const { tokens, commandToken } = options
    const own = { name: 'command line', token: commandToken ?? '', scopes: ['admin'] } as const
    this.#authenticate = createAuthenticate(commandToken === undefined ? tokens : [...tokens, own])
  }

  /** Nobody has a token or an account: being on this machine is all that is asked. */
  get isOpen(): boolean {
    return this.#options.tokens.length === 0 && !this.#options.access?.isSetUp
  }

  get isSecure(): boolean {
    return this.#options.secure
  }

  /** @throws HttpProblem 401 */
  async identify(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    const { authorization } = request.headers
    if (authorization !== undefined) return (await this.#ofTab(authorization)) ?? this.#byToken(authorization)
    const session = await this.findSession(request, reply)
    if (session) this.#requireSure()
    if (session) return callerOfSession(session)
    if (this.isOpen) return localCaller
    if (!this.#options.access?.isSetUp) return this.#authenticate(undefined)
    throw new HttpProblem(401, 'Sign in, or send a token with the header Authorization: Bearer ....', {
      headers: { 'www-authenticate': 'Bearer realm="hookswitch"' },
    })
  }

  /** The key of a page's session stands where a program's token does. */
  async #ofTab(authorization: string): Promise<Caller | undefined> {
    const [, key] = /^Bearer tab\.([\w-]{20,100})$/.exec(authorization) ?? []
    const session = key === undefined ? undefined : await this.#options.tab?.find(key)
    return session && callerOfSession(session)
  }

  /** The caller of a program; undefined for whoever proves nothing. */
  identifyProgram(authorization: string | undefined): Caller | undefined {
    try {
      return this.isOpen && authorization === undefined ? localCaller : this.#byToken(authorization)
    } catch {
      return undefined
    }
  }

  #byToken(authorization: string | undefined): Caller {
    const presented = readBearer(authorization)
    const issued = presented === undefined ? undefined : this.#options.issued?.find(presented)
    if (issued) this.#requireSure()
    return issued ? callerOfIssued(issued) : this.#authenticate(authorization)
  }

  /** It may have ended or been revoked at another hub. */
  #requireSure(): void {
    if (this.#options.isSure?.() ?? true) return
    throw new HttpProblem(503, 'This hub cannot see the database now. Ask again in a moment.', {
      headers: { 'retry-after': '2' },
    })
  }

  async findSession(request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined> {
    const key = readSessionCookie(request.headers.cookie, this.#options.secure)
    const found = key === undefined ? undefined : await this.#options.access?.find(key)
    if (found?.renewed !== undefined) this.#setCookie(reply, { ...found, key: found.renewed })
    return found
  }

  letIn(reply: FastifyReply, session: OpenedSession): void {
    this.#setCookie(reply, session)
  }

  async letOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const key = readSessionCookie(request.headers.cookie, this.#options.secure)
    if (key !== undefined) await this.#options.access?.signOut(key)
    reply.header('set-cookie', endedCookie(this.#options.secure))
  }

  #setCookie(reply: FastifyReply, { key, until }: OpenedSession): void {
    reply.header('set-cookie', sessionCookie(key, { secure: this.#options.secure, until }))
  }
}
