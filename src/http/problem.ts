/** Problem details of RFC 9457, `application/problem+json`. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** Only with 400 and 422: what was wrong in the request, one entry per fault. */
  readonly errors?: readonly ProblemFault[]
}

export interface ProblemFault {
  readonly in: string
  readonly path: string
  readonly message: string
  /** Line in a text that was sent, from 1. */
  readonly line?: number
  readonly fix?: string
}

const titles: Readonly<Record<number, { code: string; title: string }>> = {
  400: { code: 'invalid-request', title: 'The request is not valid' },
  401: { code: 'unauthorized', title: 'An API token is needed' },
  403: { code: 'forbidden', title: 'This is not allowed' },
  404: { code: 'not-found', title: 'Not found' },
  405: { code: 'method-not-allowed', title: 'The method is not allowed here' },
  406: { code: 'not-acceptable', title: 'No acceptable form' },
  408: { code: 'timeout', title: 'The request took too long' },
  409: { code: 'conflict', title: 'Not in this state' },
  412: { code: 'other-version', title: 'Another version is in force' },
  413: { code: 'too-large', title: 'The request is too large' },
  414: { code: 'uri-too-long', title: 'The address is too long' },
  415: { code: 'unsupported-media-type', title: 'The media type is not supported' },
  422: { code: 'not-sound', title: 'The configuration is not right' },
  428: { code: 'version-missing', title: 'Say which version this changes' },
  431: { code: 'headers-too-large', title: 'The header fields are too large' },
  500: { code: 'unexpected', title: 'Something went wrong in the hub' },
  502: { code: 'bad-gateway', title: 'The lab did not answer' },
  503: { code: 'not-available', title: 'Not available at the moment' },
}

/** Thrown by a handler, answered as problem+json. */
export class HttpProblem extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly errors: ProblemBody['errors']

  constructor(
    status: number,
    detail: string,
    options: { headers?: Readonly<Record<string, string>>; errors?: ProblemBody['errors'] } = {},
  ) {
    super(detail)
    this.name = 'HttpProblem'
    this.status = status
    this.headers = options.headers ?? {}
    this.errors = options.errors
  }
}

export function problemBody(status: number, detail: string, errors?: ProblemBody['errors']): ProblemBody {
  const { code, title } = titles[status] ?? titles[status >= 500 ? 500 : 400]!
  const body = { type: `urn:hookswitch:problem:${code}`, title, status, detail }
  return errors === undefined ? body : { ...body, errors }
}

interface RawError {
  readonly statusCode?: number
  readonly code?: string
  readonly validation?: readonly {
    readonly instancePath: string
    readonly message?: string
    readonly params?: object
  }[]
  readonly validationContext?: string
}

/** What Fastify refuses by itself, in words that say what to do. */
const refusals: Readonly<Record<string, { status: number; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    detail: 'The body is too large: 64 kB, or 1 MB for a configuration, are taken.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    detail: 'Send JSON with the header Content-Type: application/json.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, detail: 'The body is empty, but JSON was announced.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, detail: 'The body is not valid JSON.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, detail: 'The body has not the announced length.' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, detail: 'A part of the address is too long.' },
  FST_ERR_BAD_URL: { status: 400, detail: 'The address is not a valid URL.' },
}

function describeFault({ instancePath, message, params }: NonNullable<RawError['validation']>[number]) {
  const extra = (params as { additionalProperty?: string } | undefined)?.additionalProperty
  const allowed = (params as { allowedValues?: unknown[] } | undefined)?.allowedValues
  const words = allowed ? `must be one of ${allowed.join(', ')}` : (message ?? 'is not valid')
  return extra === undefined
    ? { path: instancePath, message: words }
    : { path: `${instancePath}/${extra}`, message: 'is not a known member' }
}

/**
 * The problem for anything thrown while a request was answered; undefined for what nobody expected, whose words are
 * for the log only.
 */
export function toProblem(error: unknown): HttpProblem | undefined {
  if (error instanceof HttpProblem) return error
  const raw = error as RawError
  if (raw.validation) {
    const errors = raw.validation.map((fault) => ({
      in: raw.validationContext ?? 'body',
      ...describeFault(fault),
    }))
    const detail = errors.map((fault) => `${fault.in}${fault.path} ${fault.message}`).join('; ')
    return new HttpProblem(400, `${detail}.`, { errors })
  }
  const refusal = raw.code === undefined ? undefined : refusals[raw.code]
  if (refusal) return new HttpProblem(refusal.status, refusal.detail)
  const status = raw.statusCode
  if (status !== undefined && status >= 400 && status < 500) {
    return new HttpProblem(status, 'The request could not be understood.')
  }
  return undefined
}
