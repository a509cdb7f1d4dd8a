import type { FastifyRequest } from 'fastify'
import type { ConfigWish } from '../core/config-port.ts'
import { HttpProblem } from './problem.ts'
import { whoAsks } from './who.ts'

/** `If-Match: "7"` (RFC 9110 section 13.1.1); `*` is any version. */
export function readIfMatch(request: FastifyRequest): number | '*' | undefined {
  const header = request.headers['if-match']
  if (header === undefined) return undefined
  const [, version] = /^"?(\d{1,9}|\*)"?$/.exec(header.trim()) ?? []
  if (version === undefined) {
    throw new HttpProblem(400, 'If-Match names one version, as ETag of GET /config has it: "7".')
  }
  return version === '*' ? '*' : Number(version)
}

/** Who asks, why, and which version they have read. */
export function wishOf(request: FastifyRequest, comment?: string): ConfigWish {
  const match = readIfMatch(request)
  const asked = comment ?? (request.query as { comment?: string }).comment ?? ''
  return { who: whoAsks(request), comment: asked, ...(typeof match === 'number' && { ifVersion: match }) }
}
