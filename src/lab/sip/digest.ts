import { createHash, randomBytes } from 'node:crypto'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** The server's side of digest authentication (RFC 2617): nonces that it made itself, and can let go stale. */
export class Gatekeeper {
  readonly #realm: string
  readonly #passwords: ReadonlyMap<string, string>
  #nonces = new Set<string>()

  constructor(realm: string, passwords: ReadonlyMap<string, string>) {
    this.#realm = realm
    this.#passwords = passwords
  }

  /** `undefined`: the proof is good. Else the challenge to answer with. */
  judge(method: string, authorization: string): string | undefined {
    const part = (name: string) => new RegExp(`\\b${name}="?([^",]+)`).exec(authorization)?.[1] ?? ''
    const nonce = part('nonce')
    const password = this.#passwords.get(part('username'))
    const known = this.#nonces.has(nonce)
    if (password !== undefined) {
      const secret = md5(`${part('username')}:${this.#realm}:${password}`)
      const subject = md5(`${method}:${part('uri')}`)
      const wanted = md5([secret, nonce, part('nc'), part('cnonce'), part('qop'), subject].join(':'))
      if (wanted === part('response')) return known ? undefined : this.#challenge(true)
    }
    return this.#challenge(false)
  }

  /** Nonces given out so far are answered with `stale=true`. */
  expireNonces(): void {
    this.#nonces = new Set()
  }

  #challenge(stale: boolean): string {
    const nonce = randomBytes(12).toString('base64url')
    this.#nonces.add(nonce)
    return `Digest realm="${this.#realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${stale ? ', stale=true' : ''}`
  }
}
