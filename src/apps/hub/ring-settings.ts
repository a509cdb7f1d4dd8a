import type { TenantConfig } from '../../config/resolved.ts'
import type { Link } from '../../core/policy.ts'
import type { RingSettings } from '../../core/ring-settings.ts'
import { defaultRingSettings } from '../../core/ring-settings.ts'

const minuteMs = 60_000

interface RingContext {
  readonly links: readonly Link[]
  readonly ends: readonly { readonly id: string; readonly kind: string }[]
}

/** What a tenant declares about ringing. */
export function ringSettings(tenant: TenantConfig, context: RingContext): RingSettings {
  const { ring } = tenant
  const softphones = ring?.softphones ?? obeyed(tenant, context)
  // A vendor's own connector shows calls of its phones there, and nobody can tell them from native ones.
  const foreignCalls = tenant.connectors.some(({ teamsSync }) => teamsSync === 'vendor')
  if (!ring) return { ...defaultRingSettings, softphones, foreignCalls }
  const { emergency, breakthrough } = ring
  const people = Object.entries(breakthrough.people)
  return {
    softphones,
    foreignCalls,
    busyOnBusy: ring.busyOnBusy,
    queueDoNotDisturb: ring.queueDoNotDisturb,
    emergency: {
      numbers: emergency.numbers,
      outsideLine: emergency.outsideLine,
      callBackMs: emergency.callBack * minuteMs,
    },
    breakthrough: {
      numbers: breakthrough.numbers,
      people: new Map(people.map(([upn, numbers]) => [upn.toLowerCase(), numbers])),
      secondCallMs: breakthrough.secondCall ? breakthrough.secondCallWithin * minuteMs : 0,
    },
    plan: {
      countryCode: ring.countryCode,
      internationalPrefix: ring.internationalPrefix,
      nationalPrefix: ring.nationalPrefix,
    },
  }
}

/** The preset whose softphone obeys what the collaboration system shows. */
const withSoftphone = 'mirage'

/** The collaboration systems of a tenant, or at either end of a link, with that preset. */
function obeyed(tenant: TenantConfig, { links, ends }: RingContext): readonly string[] {
  const collaborations = ends.filter(({ kind }) => kind === 'collaboration').map(({ id }) => id)
  if (tenant.preset === withSoftphone) return collaborations
  const ids = links.filter(({ preset }) => preset === withSoftphone).flatMap(({ from, to }) => [from, to])
  return collaborations.filter((id) => ids.includes(id))
}
