import { isLoopbackHost } from '../core/loopback.ts'
import { HttpProblem } from './problem.ts'

export interface OriginHeaders {
  readonly host?: string | undefined
  readonly origin?: string | undefined
  readonly 'sec-fetch-site'?: string | undefined
}

/** `[::1]:8080` → `[::1]`; empty for what is no host. */
function hostnameOf(host: string | undefined): string {
  try {
    return new URL(`http://${host ?? ''}`).hostname
  } catch {
    return ''
  }
}

/**
 * Without tokens, being on this machine is all that is asked. A web page elsewhere could have its name point here
 * (DNS rebinding), so only a Host that is loopback by its spelling is served.
 * @throws HttpProblem 403
 */
export function requireLocalHost({ host }: OriginHeaders): void {
  if (isLoopbackHost(hostnameOf(host))) return
  throw new HttpProblem(
    403,
    'Without API tokens the hub answers requests for 127.0.0.1, ::1 and localhost only. To reach it by another name or through a proxy, configure http.tokens.',
  )
}

/**
 * Refuses what the page of another site makes a browser send. Programs send none of these headers and pass.
 * @throws HttpProblem 403
 */
export function requireSameOrigin(headers: OriginHeaders): void {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  let foreignOrigin = false
  if (origin !== undefined) {
    try {
      foreignOrigin = new URL(origin).host.toLowerCase() !== host?.toLowerCase()
    } catch {
      foreignOrigin = true
    }
  }
  if (foreignSite || foreignOrigin) {
    throw new HttpProblem(403, 'The request came from the page of another site.')
  }
}
