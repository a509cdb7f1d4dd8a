import { createHash } from 'node:crypto'
import { RoundTrips, type TripKeeper, tripMs } from '../../access/oidc/round-trips.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { notOurs } from '../../consent/round-trips.ts'
import type { SignInGrant } from '../../core/browser-sign-in.ts'
import type { ConfigRefused, ConfigTrial, ConfigWish } from '../../core/config-port.ts'
import { ConnectorFailure } from '../../core/connector.ts'
import type { CameBack } from '../../core/consent-port.ts'
import type { SentAway } from '../../core/provider-port.ts'
import type { Registry } from '../registry.ts'
import { findSignIn, refuseAs } from './redeem-sign-in.ts'

const tripName = 'connector'

/** Who signs in for what, and as whose change it is saved. */
interface Begun {
  readonly place: ConfigTrial
  readonly wish: ConfigWish
}

/**
 * Browsers on their way to the sign-in of a connector's account and back (RFC 6749 section 4.1, RFC 7636): each ends
 * once, in the browser where it began, within ten minutes.
 */
export class SignInTrips {
  readonly #trips: RoundTrips

  constructor(trips: TripKeeper) {
    this.#trips = new RoundTrips(trips)
  }

  /** `config` is the one in force, `registry` has the sign-ins. */
  begin(
    { redirectUri, ...place }: ConfigTrial & { readonly redirectUri: string },
    wish: ConfigWish,
    { config, registry }: { readonly config: ResolvedConfig | undefined; readonly registry: Registry },
  ): SentAway | ConfigRefused {
    const found = findSignIn({ ...place, config }, registry)
    if ('refused' in found) return found
    const what: Begun = { place, wish }
    const { kept, state, verifier } = this.#trips.begin(tripName, { what })
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    try {
      const { settings } = found.connector
      const url = found.browserSignIn.page(settings as never, { redirectUri, state, challenge })
      return { url, kept, lifeMs: tripMs }
    } catch (error) {
      if (error instanceof ConnectorFailure) return refuseAs(error)
      throw error
    }
  }

  /** What is to be exchanged, and for what. */
  async end({
    redirectUri,
    query,
    kept,
  }: CameBack): Promise<(Begun & { readonly grant: SignInGrant }) | ConfigRefused> {
    const trip = await this.#trips.end(tripName, kept)
    if (trip === 'late') return { refused: 'failed', detail: notOurs.late }
    if (!trip || query.get('state') !== trip.state) return { refused: 'failed', detail: notOurs.unknown }
    const code = query.get('code')
    if (code !== null)
      return { ...(trip.what as Begun), grant: { redirectUri, code, verifier: trip.verifier } }
    const said = [query.get('error'), query.get('error_description')].filter((part) => part !== null)
    const words = said
      .join(', ')
      .replace(/[^\x20-\x7e]/g, ' ')
      .slice(0, 200)
    return {
      refused: 'failed',
      detail: `The sign-in ended without a code${words === '' ? '' : `: ${words}`}. Begin again, and agree to what is asked.`,
    }
  }
}
