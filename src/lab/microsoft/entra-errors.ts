import { randomUUID } from 'node:crypto'

interface Known {
  readonly status: number
  readonly error: string
  readonly text: string
}

/**
 * Refusals of the token endpoint by AADSTS number
 * (learn.microsoft.com/entra/identity-platform/reference-error-codes); the sentences are the lab's own.
 */
const known: Readonly<Record<number, Known>> = {
  50005: { status: 400, error: 'invalid_grant', text: 'A device policy of Conditional Access blocks this.' },
  50011: {
    status: 400,
    error: 'invalid_request',
    text: 'The redirect URI is not one of the application.',
  },
  50012: { status: 401, error: 'invalid_client', text: 'The client assertion could not be validated.' },
  50027: { status: 401, error: 'invalid_client', text: 'The client assertion is not a valid JWT.' },
  50057: { status: 400, error: 'access_denied', text: 'The account is disabled.' },
  50058: { status: 400, error: 'login_required', text: 'Nobody is signed in.' },
  50059: { status: 400, error: 'invalid_request', text: 'The request names no tenant.' },
  50105: { status: 400, error: 'invalid_grant', text: 'Nobody is assigned to the application.' },
  50194: { status: 400, error: 'invalid_request', text: 'The application is not multi-tenant.' },
  53003: { status: 400, error: 'invalid_grant', text: 'Access was blocked by Conditional Access policies.' },
  50173: { status: 400, error: 'invalid_grant', text: 'The sign-in was revoked.' },
  54005: { status: 400, error: 'invalid_grant', text: 'The code was redeemed already.' },
  65004: { status: 400, error: 'access_denied', text: 'The person declined the consent.' },
  70000: { status: 400, error: 'invalid_grant', text: 'The code is not valid.' },
  70003: { status: 400, error: 'unsupported_grant_type', text: 'The grant type is not supported.' },
  70008: { status: 400, error: 'invalid_grant', text: 'The code has expired.' },
  90002: { status: 400, error: 'invalid_request', text: 'The tenant was not found.' },
  90094: { status: 400, error: 'access_denied', text: 'Only an administrator can consent to this.' },
  90033: { status: 503, error: 'temporarily_unavailable', text: 'The service is temporarily unavailable.' },
  500011: { status: 400, error: 'invalid_resource', text: 'The resource was not found in the tenant.' },
  500112: { status: 400, error: 'invalid_client', text: 'The redirect URI is not that of the code.' },
  501481: { status: 400, error: 'invalid_grant', text: 'The verifier does not fit the challenge.' },
  501491: { status: 400, error: 'invalid_request', text: 'The challenge must be S256.' },
  700016: { status: 400, error: 'unauthorized_client', text: 'The application was not found in the tenant.' },
  700082: { status: 400, error: 'invalid_grant', text: 'The refresh token has expired.' },
  700023: { status: 401, error: 'invalid_client', text: 'The audience of the client assertion is wrong.' },
  700024: { status: 401, error: 'invalid_client', text: 'The client assertion is outside its valid time.' },
  700027: { status: 401, error: 'invalid_client', text: 'The certificate of the assertion is unknown.' },
  700054: {
    status: 400,
    error: 'unsupported_response_type',
    text: 'Only the response type code is enabled.',
  },
  900144: { status: 400, error: 'invalid_request', text: 'The request body lacks a parameter.' },
  1002012: { status: 400, error: 'invalid_scope', text: 'The scope must end in /.default.' },
  7000215: { status: 401, error: 'invalid_client', text: 'The client secret is wrong.' },
  7000216: { status: 401, error: 'invalid_client', text: 'A client secret or assertion is required.' },
  7000222: { status: 401, error: 'invalid_client', text: 'The client secret has expired.' },
}

/** A refusal of the token endpoint, with the number that Entra would give. */
export class EntraRefusal extends Error {
  readonly code: number
  readonly detail: string

  /** `detail` says what of the request was wrong, without secrets. */
  constructor(code: number, detail = '') {
    super(`AADSTS${code}`)
    this.name = 'EntraRefusal'
    this.code = code
    this.detail = detail
  }
}

export interface EntraErrorBody {
  readonly error: string
  readonly error_description: string
  readonly error_codes: readonly number[]
  readonly timestamp: string
  readonly trace_id: string
  readonly correlation_id: string
  readonly error_uri: string
}

/** `wall`: milliseconds since the epoch. A code the lab does not know is answered as an invalid grant. */
export function entraError(
  refusal: EntraRefusal,
  context: { wall: number; correlationId?: string | undefined },
): { status: number; body: EntraErrorBody } {
  const { status, error, text } = known[refusal.code] ?? {
    status: 400,
    error: 'invalid_grant',
    text: 'The request was refused.',
  }
  const timestamp = `${new Date(context.wall).toISOString().slice(0, 19).replace('T', ' ')}Z`
  const trace = randomUUID()
  const correlation = context.correlationId ?? randomUUID()
  const sentences = [`AADSTS${refusal.code}: ${text}`, refusal.detail].filter(Boolean).join(' ')
  return {
    status,
    body: {
      error,
      error_description: `${sentences} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [refusal.code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
    },
  }
}
