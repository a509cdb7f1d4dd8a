/** What went wrong between us and a provider: for whoever signs in, and for the log. Neither has a secret. */
export interface Failure {
  readonly words: string
  readonly code: string
}

/** By what openid-client says, and by errors of OAuth (RFC 6749, OpenID Connect Core 1.0 section 3.1.2.6). */
const known: Readonly<Record<string, (title: string) => string>> = {
  access_denied: (title) =>
    `${title} did not let you in, or you declined. Try again, or ask who administers it.`,
  temporarily_unavailable: (title) => `${title} is not available at the moment. Try again later.`,
  server_error: (title) => `${title} had a fault of its own. Try again later.`,
  consent_required: (title) => `${title} asks for a consent that an administrator must give.`,
  invalid_scope: (title) => `${title} does not know a scope of scopes in signIn.providers.`,
  invalid_grant: () => 'This sign-in was used already or is too old. Sign in again.',
  invalid_client: (title) =>
    `${title} does not accept the hub\u2019s client id or secret. Correct clientId and clientSecret in signIn.providers.`,
  unauthorized_client: (title) =>
    `${title} does not let the hub sign people in by code. Allow it at the app registration.`,
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: (title) =>
    `The times in the answer of ${title} do not fit. Set the clocks of the hub and of ${title} right.`,
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: (title) =>
    `The answer of ${title} was made for another sign-in or another hub. Sign in again.`,
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: (title) =>
    `${title} says that it is another issuer than the configuration has. Correct issuer in signIn.providers, letter by letter.`,
  OAUTH_KEY_SELECTION_FAILED: (title) =>
    `The answer of ${title} is signed with a key that it does not publish.`,
  OAUTH_INVALID_RESPONSE: (title) => `The answer does not belong to this sign-in at ${title}. Sign in again.`,
}

/** Codes of what could not be reached at all. */
const unreachable =
  /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR|CERT_|ERR_TLS|OAUTH_TIMEOUT|OAUTH_ABORT|OAUTH_RESPONSE_IS_NOT_(JSON|CONFORM))/

/** For anything thrown on the way to a provider and back. */
export function describeFailure(error: unknown, title: string): Failure {
  const chain = causesOf(error)
  const oauth = chain.map((one) => one.error).find((one) => typeof one === 'string')
  const codes = [oauth, ...chain.map(({ code }) => code)].filter((one) => typeof one === 'string')
  const code = codes[0] ?? chain[0]?.name ?? 'unknown'
  const words = codes.map((one) => known[one]).find((one) => one)
  if (words) return { words: words(title), code }
  const silent =
    codes.some((one) => unreachable.test(one)) ||
    chain.some(({ name }) => name === 'TimeoutError' || name === 'TypeError')
  if (silent) return { words: `${title} cannot be reached from the hub. Try again later.`, code }
  // The word is the provider's: shown as a word, never as a text of its own.
  const plain = /^[\w-]{1,60}$/.test(code) ? code : 'unknown'
  return { words: `The sign-in at ${title} failed (${plain}). The log of the hub says more.`, code: plain }
}

interface Cause {
  readonly name?: unknown
  readonly code?: string
  readonly error?: string
}

function causesOf(error: unknown): readonly (Cause & { readonly name: string })[] {
  const chain: (Cause & { readonly name: string })[] = []
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) {
    chain.push(at as Error & Cause)
  }
  return chain
}
