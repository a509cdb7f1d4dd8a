import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle'
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle'
import type { RingChannel, Rings } from '../../../src/core/ring-channel.ts'
import type { PersonView } from '../../../src/core/view.ts'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { useNow } from '../live/now.ts'
import { usePolled } from '../live/use-polled.ts'
import { HubText } from '../words/hub-text.tsx'
import { asSentence } from '../words/presence-words.ts'
import { titlesOf } from '../words/system-titles.ts'
import { clockText } from '../words/time.ts'
import { readReachability } from './person-client.ts'
import { personPageWords } from './person-page-words.ts'
import { Nothing } from './section.tsx'

const everyMs = 10_000

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 150px minmax(0, 1.6fr)',
    gap: '2px 16px',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 820px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  sign: { display: 'inline-flex', gap: '6px', alignItems: 'center' },
  icon: { display: 'flex', fontSize: '18px' },
  yes: { color: tokens.colorPaletteLightGreenForeground3 },
  no: { color: tokens.colorPaletteRedForeground3 },
  unknown: { color: tokens.colorNeutralForeground3 },
  aside: { color: tokens.colorNeutralForeground2 },
})

const icons = { yes: CheckmarkCircleFilled, no: DismissCircleFilled, unknown: QuestionCircleRegular }

/** Will it ring? For each way of reaching the person, with the reason. */
export function Reachability({ person }: { person: PersonView }) {
  const styles = useStyles()
  const { value, error } = usePolled({
    key: `${person.id} ${person.revision}`,
    everyMs,
    read: (signal) => readReachability(person, signal),
  })
  const said = personPageWords()
  const now = useNow()
  if (!value) return error ? <PageFailed reason={error.message} /> : <PageLoading />
  if (value.channels.length === 0) return <Nothing>{said.noChannel}</Nothing>
  return (
    <>
      {value.callBackUntil !== undefined && <p>{said.callBack(clockText(value.callBackUntil, now))}</p>}
      <ul className={styles.list}>
        {value.channels.map((channel) => (
          <Channel
            key={`${channel.kind}/${channel.connector}/${channel.address}/${channel.via}`}
            channel={channel}
            person={person}
          />
        ))}
      </ul>
    </>
  )
}

function Channel({ channel, person }: { channel: RingChannel; person: PersonView }) {
  const styles = useStyles()
  const said = personPageWords()
  const now = useNow()
  const { kind, connector, address, via, inbound, because, until } = channel
  const place = titlesOf(person).place(connector, address)
  const ends = until === undefined ? '' : ` ${said.ringsUntil(clockText(until, now))}`
  return (
    <li className={styles.item}>
      <span>
        {place}
        <span className={styles.aside}>
          {' '}
          · {said.channels[kind]} · {said.ways[via]}
        </span>
      </span>
      <Sign rings={inbound} />
      <span>
        <HubText className={styles.aside}>{asSentence(because)}</HubText>
        {ends}
      </span>
    </li>
  )
}

function Sign({ rings }: { rings: Rings }) {
  const styles = useStyles()
  const Icon = icons[rings]
  return (
    <span className={styles.sign}>
      <span className={mergeClasses(styles.icon, styles[rings])}>
        <Icon />
      </span>
      {personPageWords().rings[rings]}
    </span>
  )
}
