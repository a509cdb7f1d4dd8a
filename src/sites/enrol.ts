import { WebSocket } from 'ws'
import { parseJson } from './decode.ts'
import { describeFailure } from './describe-failure.ts'
import type { SiteKeys } from './key-pair.ts'
import { linkUrl } from './uplink.ts'
import { type HubFrame, protocolVersion, type RefusalCode, type SiteFrame } from './wire.ts'

/** How long a hub may take, milliseconds. */
const patienceMs = 20_000

/** A hub did not enrol the site. `code` where it said why. */
export class EnrolFailure extends Error {
  readonly code: RefusalCode | undefined

  constructor(message: string, code?: RefusalCode) {
    super(message)
    this.name = 'EnrolFailure'
    this.code = code
  }
}

/** The tenant for which a code is. */
function tenantOfCode(code: string): string | undefined {
  return /^([A-Za-z0-9][A-Za-z0-9_-]{0,62})\.[A-Za-z0-9_-]{20,}$/.exec(code)?.[1]
}

/**
 * Exchanges a code for a place at the hub: from now on the key lets the site in. @throws EnrolFailure
 */
export function enrolAt(
  hub: string,
  wish: { readonly code: string; readonly keys: SiteKeys; readonly version: string },
): Promise<{ readonly tenant: string; readonly site: string; readonly connectors: readonly string[] }> {
  const { code, keys, version } = wish
  const tenant = tenantOfCode(code)
  if (tenant === undefined) {
    const words = 'That is no code for a site. It is printed by: hookswitch sites code.'
    return Promise.reject(new EnrolFailure(words, 'code'))
  }
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(linkUrl(hub), { followRedirects: false, perMessageDeflate: false })
    const fail = (failure: EnrolFailure) => {
      clearTimeout(timer)
      reject(failure)
      socket.terminate()
    }
    const timer = setTimeout(
      () => fail(new EnrolFailure(`The hub at ${hub} did not answer within ${patienceMs / 1000} s.`)),
      patienceMs,
    )
    socket.on('error', (error) =>
      fail(new EnrolFailure(`The hub at ${hub} cannot be reached: ${describeFailure(error)}.`)),
    )
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      fail(new EnrolFailure(`The hub at ${hub} refused the WebSocket with status ${response.statusCode}.`))
    })
    socket.on('close', () => fail(new EnrolFailure(`The hub at ${hub} closed the connection.`)))
    socket.on('message', (data) => {
      const frame = parseJson(String(data)) as HubFrame | undefined
      if (frame?.t === 'challenge') {
        const ask: SiteFrame = {
          ...{ t: 'enrol', protocol: protocolVersion, tenant, code, key: keys.public, version },
        }
        socket.send(JSON.stringify(ask))
      } else if (frame?.t === 'enrolled') {
        clearTimeout(timer)
        resolve({ tenant, site: frame.site, connectors: frame.connectors })
        socket.terminate()
      } else if (frame?.t === 'refused') fail(new EnrolFailure(frame.reason, frame.code))
    })
  })
}
