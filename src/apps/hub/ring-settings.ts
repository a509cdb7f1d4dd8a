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
  const softphones = ring?.softphones ?? obeyed(context)
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

/**
 * The collaboration systems at either end of a link with a preset whose softphone obeys what they show, where the
 * configuration names none.
 */
function obeyed({ links, ends }: RingContext): readonly string[] {
  const ids = links.filter(({ preset }) => preset === 'mirage').flatMap(({ from, to }) => [from, to])
  return [...new Set(ids)].filter((id) => ends.some((end) => end.id === id && end.kind === 'collaboration'))
}
