import type { OpenedSession, Refusal } from './access.ts'

/** Where a browser is sent to sign in, and what it keeps until it comes back. */
export interface SentAway {
  /** Address at the provider. */
  readonly url: string
  /** Secret; binds the answer to this browser, once. */
  readonly kept: string
  /** How long it works, milliseconds. */
  readonly lifeMs: number
}

/** Sign-in by providers of OpenID Connect. A provider that is not known is refused like any other fault. */
export interface ProviderPort {
  /** For the buttons of the sign-in page. */
  readonly providers: readonly { readonly id: string; readonly title: string }[]
  /** `redirectUri` is where the provider sends the browser back. */
  begin(wish: { readonly provider: string; readonly redirectUri: string }): Promise<SentAway | Refusal>
  /** The browser came back: `query` is what the provider added, `kept` what the browser had kept. */
  finish(wish: {
    readonly provider: string
    readonly redirectUri: string
    readonly query: URLSearchParams
    readonly kept: string | undefined
  }): Promise<OpenedSession | Refusal>
  /** Where the session of this key ends at its provider too, which then sends the browser to `back`. */
  signOutUrl(key: string, back: string): Promise<string | undefined>
  /** A logout token (OpenID Connect Back-Channel Logout 1.0) ends sessions; refused in words where it is not valid. */
  endByToken(provider: string, token: string): Promise<Refusal | undefined>
  /** A page of the provider ends its session `sid` (OpenID Connect Front-Channel Logout 1.0). */
  endByPage(
    provider: string,
    of: { readonly sid: string; readonly issuer: string | undefined },
  ): Promise<void>
  /** Keeps words for the page that comes next, for some minutes; returns what they are asked for by. */
  leaveWord(words: string): string
  wordOf(id: string): string | undefined
}
