/** A refusal of Graph: becomes `{error: {code, message, innerError}}` with the status. */
export class GraphRefusal extends Error {
  readonly status: number
  readonly code: string
  /** Seconds for a Retry-After header. */
  retryAfter: number | undefined

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'GraphRefusal'
    this.status = status
    this.code = code
  }

  /** Adds how long to wait, seconds. */
  waiting(seconds: number | undefined): this {
    this.retryAfter = seconds
    return this
  }
}

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'NotFound',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
}

/** The refusal that a fault of kind `status` stands for. */
export function faultRefusal(status: number, retryAfter?: number): GraphRefusal {
  const code = codes[status] ?? (status < 500 ? 'BadRequest' : 'UnknownError')
  return new GraphRefusal(status, code, `The lab answers ${status} because of a fault.`).waiting(retryAfter)
}

/** `date` of the error body: UTC, seconds, no zone in the real service; the contract's pattern asks for one. */
export function graphErrorBody(
  refusal: GraphRefusal,
  ids: { readonly requestId: string; readonly clientRequestId: string; readonly wall: number },
): unknown {
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      innerError: {
        date: `${new Date(ids.wall).toISOString().slice(0, 19)}Z`,
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  }
}
