import { ConnectorFailure, type FailureKind } from '../../core/connector.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import { entraAdvice } from './entra-codes.ts'
import { graphAdvice } from './graph-errors.ts'

/** The words that stand for {app}, {tenant} ... in the tables. None of them is a secret. */
export interface ErrorSubject {
  readonly clientId: string
  readonly entraTenantId: string
  readonly loginUrl: string
}

/** A refusal of the token endpoint (RFC 6749 5.2, with Entra's additions). */
export interface EntraRefusal {
  readonly status: number
  /** OAuth `error`; empty when the answer was not of that shape. */
  readonly error: string
  readonly codes: readonly number[]
  readonly correlationId: string | undefined
}

/** Behaviour follows the OAuth error alone. */
const kindByOAuthError: Readonly<Record<string, FailureKind>> = {
  invalid_client: 'auth-failed',
  invalid_grant: 'auth-failed',
  interaction_required: 'auth-failed',
  consent_required: 'auth-failed',
  access_denied: 'auth-failed',
  unauthorized_client: 'misconfigured',
  invalid_request: 'misconfigured',
  invalid_scope: 'misconfigured',
  invalid_resource: 'misconfigured',
  unsupported_grant_type: 'misconfigured',
  temporarily_unavailable: 'not-ready',
  server_error: 'not-ready',
}

/** Reads the JSON body of a refused token request, whatever it is. */
export function readEntraRefusal(status: number, body: unknown): EntraRefusal {
  const fields = fieldsOf(body)
  const description = textOf(fields.error_description) ?? ''
  const listed = Array.isArray(fields.error_codes) ? fields.error_codes : []
  const found = [...description.matchAll(/AADSTS(\d+)/g)].map((match) => match[1])
  const codes = [...new Set([...listed, ...found].map(Number).filter(Number.isInteger))]
  return {
    status,
    error: textOf(fields.error) ?? '',
    codes,
    correlationId: textOf(fields.correlation_id),
  }
}

function fill(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole)
}

function subjectWords(subject: ErrorSubject): Readonly<Record<string, string>> {
  return { app: subject.clientId, tenant: subject.entraTenantId, login: new URL(subject.loginUrl).host }
}

function kindOf(refusal: EntraRefusal): FailureKind {
  const byError = kindByOAuthError[refusal.error]
  if (byError) return byError
  if (refusal.status === 429) return 'rate-limited'
  return refusal.status >= 500 ? 'not-ready' : 'misconfigured'
}

/** What a refused token request means and what to do about it. */
export function explainEntra(
  refusal: EntraRefusal,
  subject: ErrorSubject,
  retryAfterMs?: number,
): ConnectorFailure {
  const words = subjectWords(subject)
  const advice = entraAdvice.find((row) => row.codes.some((code) => refusal.codes.includes(code)))
  const marks = [
    refusal.error && `error ${refusal.error}`,
    ...refusal.codes.map((code) => `AADSTS${code}`),
    refusal.correlationId && `correlation id ${refusal.correlationId}`,
  ].filter(Boolean)
  const text =
    advice?.text ??
    (refusal.error
      ? 'Microsoft Entra refused the sign-in of app {app} to tenant {tenant}.'
      : `{login} answered ${refusal.status} instead of a token.`)
  const fix =
    advice?.fix ??
    (refusal.status >= 500
      ? 'Nothing needs to be done; Hookswitch tries again.'
      : 'Compare entraTenantId, clientId, the credential, cloud and loginUrl with the app registration.')
  const kind = advice?.kind ?? kindOf(refusal)
  const message = marks.length > 0 ? `${fill(text, words)} (${marks.join(', ')})` : fill(text, words)
  return new ConnectorFailure(kind, message, {
    fix: fill(fix, words),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

/** A refusal by Graph. */
export interface GraphRefusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly requestId: string | undefined
}

/** Reads Graph's error body ({"error":{code,message,innerError}}), whatever it is. */
export function readGraphRefusal(status: number, body: unknown, headers?: Headers): GraphRefusal {
  const error = fieldsOf(fieldsOf(body).error)
  const inner = fieldsOf(error.innerError ?? error.innererror)
  return {
    status,
    code: textOf(error.code) ?? '',
    message: textOf(error.message) ?? '',
    requestId: textOf(inner['request-id']) ?? headers?.get('request-id') ?? undefined,
  }
}

export interface Explained {
  readonly reason: string
  readonly fix: string
}

/** What a refusal by Graph means, and what to do; `need` is the permission that the call needs. */
export function explainGraph(refusal: GraphRefusal, need: string, subject: ErrorSubject): Explained {
  const words = { ...subjectWords(subject), need }
  const advice = graphAdvice.find(
    (row) =>
      row.status === refusal.status &&
      (row.code?.test(refusal.code) ?? true) &&
      (row.message?.test(refusal.message) ?? true),
  )
  const marks = [`${refusal.status}${refusal.code ? ` ${refusal.code}` : ''}`]
  if (refusal.requestId) marks.push(`request id ${refusal.requestId}`)
  const text =
    advice?.text ?? (refusal.status >= 500 ? 'Graph has a passing problem.' : 'Graph refused the request.')
  const fix =
    advice?.fix ??
    (refusal.status >= 500
      ? 'Nothing needs to be done; Hookswitch tries again.'
      : 'Report this with the request id.')
  return { reason: `${fill(text, words)} (${marks.join(', ')})`, fix: fill(fix, words) }
}
