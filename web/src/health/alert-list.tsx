import { makeStyles, tokens } from '@fluentui/react-components'
import { WarningFilled } from '@fluentui/react-icons/svg/warning'
import type { AlertView, ChannelView } from '../../../src/core/alert.ts'
import { PageEmpty } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { HubSpan, HubText } from '../words/hub-text.tsx'
import { clockText } from '../words/time.ts'
import { healthWords } from './health-words.ts'
import { SignItem, SignList } from './sign-list.tsx'

const useStyles = makeStyles({
  icon: { flexShrink: 0, fontSize: '20px', color: tokens.colorPaletteDarkOrangeForeground1 },
  none: { margin: 0 },
  title: { fontWeight: tokens.fontWeightSemibold },
  aside: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
})

interface AlertListProps {
  readonly alerts: readonly AlertView[]
  /** Some system does not work as it should, whether or not that was raised. */
  readonly trouble: boolean
  /** Nothing else is worth a look either. */
  readonly calm: boolean
}

/** What an operator should know of and can do something about. */
export function AlertList({ alerts, trouble, calm }: AlertListProps) {
  const styles = useStyles()
  const now = useNow()
  const { health } = words().pages
  if (alerts.length === 0 && trouble) return <p className={styles.none}>{health.notRaised}</p>
  if (alerts.length === 0 && !calm) return <p className={styles.none}>{healthWords().noAlert}</p>
  if (alerts.length === 0) return <PageEmpty>{health.noAlerts}</PageEmpty>
  return (
    <SignList>
      {alerts.map(({ key, kind, title, text, fix, since, tenant, told }) => (
        <SignItem key={key} sign={<WarningFilled className={styles.icon} />}>
          <HubText className={styles.title}>{title}</HubText>
          <HubText>{text}</HubText>
          {fix !== undefined && (
            <div>
              <b>{health.toDo}</b> <HubSpan>{fix}</HubSpan>
            </div>
          )}
          <div className={styles.aside}>
            {health.since(health.alertKinds[kind] ?? kind, clockText(since, now))}
            {tenant !== undefined && ` · ${tenant}`}
            {!told && ` · ${health.notTold}`}
          </div>
        </SignItem>
      ))}
    </SignList>
  )
}

/** Whether mail and webhooks get through. */
export function ChannelList({ channels }: { channels: readonly ChannelView[] }) {
  const styles = useStyles()
  const now = useNow()
  const { health } = words().pages
  return (
    <SignList>
      {channels.map(({ name, waiting, trouble, sentAt }) => (
        <SignItem key={name}>
          <div className={styles.title}>{name}</div>
          <div className={styles.aside}>
            {[
              ...(waiting > 0 ? [health.waiting(waiting)] : []),
              ...(sentAt === undefined ? [] : [health.lastTold(clockText(sentAt, now))]),
            ].join(' · ')}
          </div>
          {trouble !== undefined && <HubText>{trouble}</HubText>}
        </SignItem>
      ))}
    </SignList>
  )
}
