import { answerChallenge, type Challenge, readChallenge } from './digest.ts'
import { CredentialsRefused } from './failures.ts'
import type { Fields, SipResponse } from './message.ts'

export interface Credentials {
  readonly username: string
  readonly password: string
}

/**
 * Answers challenges with one user name and password. The newest challenge is kept and answered in advance, so that
 * thousands of subscriptions do not each have to be refused first; every use of a nonce is counted (nc).
 */
export class Authorizer {
  readonly #credentials: Credentials
  #challenge: Challenge | undefined
  #used = 0

  constructor(credentials: Credentials) {
    this.#credentials = credentials
  }

  /** Headers for the next request; none before the first challenge. */
  fields(method: string, uri: string): Fields {
    if (!this.#challenge) return []
    this.#used += 1
    const value = answerChallenge(this.#challenge, {
      ...this.#credentials,
      method,
      uri,
      count: this.#used,
    })
    return [[this.#challenge.proxy ? 'Proxy-Authorization' : 'Authorization', value]]
  }

  /**
   * Takes a 401 or 407. `answered`: the nonce that the refused request had used.
   * @throws CredentialsRefused when the same question, freshly asked, was answered already: asking again is of no use.
   */
  take(response: SipResponse, answered: string | undefined): void {
    const challenge = readChallenge(response)
    if (!challenge) {
      throw new CredentialsRefused(
        `The server answered ${response.status} and asks for a kind of proof that is not supported.`,
        'Let the server offer digest authentication with MD5 or SHA-256 and qop "auth" (or none).',
      )
    }
    if (answered !== undefined && !challenge.stale) {
      throw new CredentialsRefused(
        `The server refused user name "${this.#credentials.username}" in realm "${challenge.realm}": wrong password, ` +
          'or no such user.',
        'Correct username and password of this connector; they are those of a SIP account at the PBX.',
      )
    }
    if (challenge.nonce === this.#challenge?.nonce) return
    this.#challenge = challenge
    this.#used = 0
  }

  get nonce(): string | undefined {
    return this.#challenge?.nonce
  }
}
