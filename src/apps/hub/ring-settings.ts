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
  const own = { softphones, softphoneOf: crmsOf(softphones, tenant, context), foreignCalls }
  if (!ring) return { ...defaultRingSettings, ...own }
  const { emergency, breakthrough } = ring
  const people = Object.entries(breakthrough.people)
  return {
    ...own,
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

/** The CRMs that links join with such a connector: links of that preset, where not everything there is by it. */
function crmsOf(
  softphones: readonly string[],
  { preset, ring }: TenantConfig,
  { links, ends }: RingContext,
): ReadonlyMap<string, readonly string[]> {
  const all = preset === withSoftphone || ring?.softphones !== undefined
  const crms = ends.filter(({ kind }) => kind === 'crm').map(({ id }) => id)
  const joined = links.filter((link) => all || link.preset === withSoftphone)
  return new Map(
    softphones.map((id) => {
      return [id, crms.filter((crm) => joined.some(({ from, to }) => isPair([from, to], [id, crm])))] as const
    }),
  )
}

function isPair([from, to]: readonly [string, string], [one, other]: readonly [string, string]): boolean {
  return (from === one && to === other) || (from === other && to === one)
}
