import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type {
  CredentialView,
  QueueView,
  SubscriptionView,
  SystemDetails,
} from '../../../src/core/workings.ts'
import { useNow } from '../live/now.ts'
import { clockText, exactText } from '../words/time.ts'
import { BudgetMeter } from './budget-meter.tsx'
import { healthWords } from './health-words.ts'

/** Secrets and certificates that end so soon stand out, milliseconds. */
const soonMs = 30 * 86_400_000

const useStyles = makeStyles({
  facts: {
    margin: '12px 0 0',
    paddingTop: '8px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    display: 'grid',
    gridTemplateColumns: 'minmax(80px, max-content) minmax(0, 1fr)',
    columnGap: '12px',
    rowGap: '6px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  name: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
})

/** How one system works: its request budget, what waits, what it is told by, what it is signed in with. */
export function WorkingsList({ details }: { details: SystemDetails }) {
  const styles = useStyles()
  const said = healthWords()
  const { budget, queues, subscriptions, credentials } = details
  return (
    <dl className={styles.facts}>
      {budget && (
        <Fact name={said.requests}>
          <BudgetMeter budget={budget} />
        </Fact>
      )}
      <Fact name={said.waiting}>{queues.length === 0 ? said.nothingWaits : <Queues queues={queues} />}</Fact>
      {subscriptions.length > 0 && (
        <Fact name={said.subscriptions}>
          {subscriptions.map((one) => (
            <Subscription key={one.kind} subscription={one} />
          ))}
        </Fact>
      )}
      {credentials.length > 0 && (
        <Fact name={said.signedIn}>
          {credentials.map((one) => (
            <Credential key={`${one.what} ${one.setting}`} credential={one} />
          ))}
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const styles = useStyles()
  return (
    <>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{children}</dd>
    </>
  )
}

/** `Writes waiting for an answer: 4, the first since 10:02:12`. */
export function Queues({ queues }: { queues: readonly QueueView[] }) {
  const said = healthWords()
  const now = useNow()
  return queues.map(({ queue, depth, oldestAt }) => (
    <div key={queue}>
      {said.queues[queue] ?? queue}: {depth}
      {oldestAt !== undefined && `, ${said.sinceThen(exactText(oldestAt, now))}`}
    </div>
  ))
}

function Subscription({ subscription }: { subscription: SubscriptionView }) {
  const styles = useStyles()
  const said = healthWords()
  const now = useNow()
  const { kind, count, expiresAt, renewals, heardAt, trouble } = subscription
  return (
    <div>
      {[
        said.inForce(kind, count),
        ...(expiresAt === undefined ? [] : [said.endsFirst(clockText(expiresAt, now))]),
        ...(renewals > 0 ? [said.renewals(renewals)] : []),
        heardAt === undefined ? said.neverHeard : said.heard(exactText(heardAt, now)),
      ].join('; ')}
      {trouble !== undefined && (
        <div lang="en" className={styles.warn}>
          {trouble}
        </div>
      )}
    </div>
  )
}

function Credential({ credential }: { credential: CredentialView }) {
  const styles = useStyles()
  const said = healthWords()
  const now = useNow()
  const { what, setting, expiresAt, trouble } = credential
  const isOver = expiresAt !== undefined && expiresAt <= now
  const isSoon = what !== 'token' && expiresAt !== undefined && expiresAt - now < soonMs
  const time = expiresAt === undefined ? undefined : clockText(expiresAt, now)
  return (
    <div>
      {said.credentials[what]}
      {setting !== undefined && ` (${setting})`}
      {time !== undefined && (
        <span className={isOver || isSoon || trouble !== undefined ? styles.warn : ''}>
          {' '}
          {isOver ? said.ended(time) : said.ends(time)}
        </span>
      )}
      {trouble !== undefined && (
        <div className={styles.warn}>
          {said.notRenewed} <span lang="en">{trouble}</span>
        </div>
      )}
    </div>
  )
}
