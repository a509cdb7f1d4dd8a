import type { Refusal, Session } from './access.ts'
import type { SelfSubject } from './self-port.ts'

/** Somebody who looks at their own page inside a system's client. */
export interface TabSession extends SelfSubject {
  /** Secret; the page keeps it in its memory and sends it with each request. */
  readonly key: string
  /** Wall clock, milliseconds. */
  readonly until: number
}

/** Signing in inside a system's client: by its token, without a cookie. */
export interface TabPort {
  /** `host` is how browsers reach the hub: tokens are made for it. */
  begin(wish: { readonly token: string; readonly host: string }): Promise<TabSession | Refusal>
  /** Undefined where the key is of no session any more. */
  find(key: string): Promise<Session | undefined>
}
