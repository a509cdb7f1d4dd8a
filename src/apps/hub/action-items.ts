import type { Problem } from '../../core/alert.ts'
import type { ActionItem, ConsentStatus } from '../../core/consent-port.ts'
import type { RunningTenant } from './port.ts'

type Item = Omit<ActionItem, 'tenant'>

/** What is to be done in a tenant, open ones first; what is done stays in the list, so that it can be seen to be. */
export function listActionItems(
  running: RunningTenant,
  status: ConsentStatus,
  /** Credentials that end soon, or have. */
  expiring: readonly Problem[],
): readonly ActionItem[] {
  const items = [
    ...connectItems(running, status),
    ...consentItems(running, status),
    ...peopleItems(running, status),
    ...expiring.filter((one) => one.tenant === running.config.id).map(credentialItem),
  ]
  const { id: tenant } = running.config
  return items
    .toSorted((a, b) => Number(a.state === 'done') - Number(b.state === 'done'))
    .map((item) => ({ tenant, ...item }))
}

function connectItems({ systems }: RunningTenant, { application }: ConsentStatus): readonly Item[] {
  const isPhone = [...systems.values()].some(({ system }) => system.manifest.kind === 'pbx')
  const [teams, phone] = [application !== 'none', isPhone]
  return [
    {
      ...{ id: 'connect-teams', kind: 'connect', state: teams ? 'done' : 'open' },
      title: 'Connect Microsoft 365',
      text: teams ? 'Microsoft 365 is connected.' : 'Microsoft 365 is not connected yet.',
      ...(!teams && {
        fix: 'Register an application, or have an administrator consent to the operator\u2019s.',
      }),
    },
    {
      ...{ id: 'connect-phones', kind: 'connect', state: phone ? 'done' : 'open' },
      title: 'Connect a phone system',
      text: phone ? 'A phone system is connected.' : 'No phone system is connected yet.',
      ...(!phone && { fix: 'Add a connector for it.' }),
    },
  ]
}

/** Whether Microsoft lets the application in, by what its connector says of itself. */
function consentItems({ systems }: RunningTenant, status: ConsentStatus): readonly Item[] {
  const { connector, application, proof } = status
  const health = connector === undefined ? undefined : systems.get(connector)?.supervisor.health
  const title = 'Consent of Microsoft 365'
  const items: Item[] = []
  if (proof) {
    items.push({
      ...{ id: 'confirm', kind: 'confirm', state: 'open', title: 'Confirm the consent' },
      text: `${proof.account.name} consented for the organisation ${proof.account.organisation}.`,
      fix: 'Compare it with the organisation that you meant, and confirm or refuse it.',
    })
  }
  if (application === 'none') return items
  const isIn = health?.state === 'up' || (health?.state === 'degraded' && health.failure === undefined)
  const isRefused = health?.failure === 'auth-failed' || health?.failure === 'misconfigured'
  const said = health?.detail ?? 'Nothing was heard of it yet'
  items.push({
    ...{ id: 'consent', kind: 'consent', state: isIn ? 'done' : 'open', title },
    text: isIn
      ? `Microsoft 365 lets the application in: ${said}.`
      : `${isRefused ? 'Microsoft 365 refuses the application' : 'Microsoft 365 is not up'}: ${said}`,
    ...(!isIn && health?.fix !== undefined && { fix: health.fix }),
  })
  return items
}

function peopleItems({ problems }: RunningTenant, { mode, people }: ConsentStatus): readonly Item[] {
  const unmatched = [...problems.values()].reduce((sum, one) => sum + one.length, 0)
  const items: Item[] = [
    {
      ...{ id: 'people', kind: 'people', state: unmatched > 0 ? 'open' : 'done', title: 'Match people' },
      text: unmatched === 0 ? 'Nobody is missed by a directory.' : missing(unmatched),
      ...(unmatched > 0 && {
        fix: 'Give them addresses by hand, or correct their mail address in one of the systems.',
      }),
    },
  ]
  const { all, agreed, paired } = people
  if (mode === 'optIn') {
    items.push({
      ...{ id: 'optIn', kind: 'optIn', state: agreed > 0 ? 'done' : 'open', title: 'People switch sync on' },
      text: `${agreed} of ${all} people ${has(agreed)} switched it on; nothing is done for the others.`,
      ...(agreed === 0 && { fix: 'Tell them where, or switch it on for those who agreed.' }),
    })
  }
  if (mode === 'paired') {
    items.push({
      ...{ id: 'pairing', kind: 'pairing', state: paired > 0 ? 'done' : 'open', title: 'People sign in' },
      text: `${paired} of ${all} people ${has(paired)} signed in with their own account; nothing is written in Teams for the others.`,
      ...(paired === 0 && { fix: 'Tell them where to sign in.' }),
    })
  }
  return items
}

const has = (people: number) => (people === 1 ? 'has' : 'have')

const missing = (matches: number) =>
  matches === 1 ? '1 match is missing or doubtful.' : `${matches} matches are missing or doubtful.`

function credentialItem({ key, title, text, fix }: Problem): Item {
  const common = { id: `credential ${key}`, kind: 'credential', state: 'open' } as const
  return { ...common, title, text, ...(fix !== undefined && { fix }) }
}
