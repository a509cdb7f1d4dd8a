import { makeStyles, tokens } from '@fluentui/react-components'
import type { ExplainView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { HubSpan, HubText } from '../words/hub-text.tsx'
import { asPhrase, asSentence } from '../words/presence-words.ts'
import type { Titles } from '../words/system-titles.ts'
import { slotLabel } from '../words/target-words.ts'
import { exactText } from '../words/time.ts'
import { Nothing } from './section.tsx'

type Entry = ExplainView['history'][number]

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'grid',
    gridTemplateColumns: '72px minmax(0, 1fr)',
    gap: '2px 12px',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  at: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: '20px' },
  line: { display: 'flex', justifyContent: 'space-between', gap: '12px' },
  did: { fontWeight: tokens.fontWeightSemibold },
  outcome: { color: tokens.colorNeutralForeground2, textAlign: 'right' },
  aside: { gridColumn: 2, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
})

/** What was written where and when, newest first, and what came of it. */
export function HistoryList(props: { history: readonly Entry[]; titles: Titles }) {
  const styles = useStyles()
  const now = useNow()
  const { person: said } = words()
  const outcomes: Readonly<Record<string, string>> = said.outcomes
  if (props.history.length === 0) return <Nothing>{said.nothingWritten}</Nothing>
  return (
    <ol className={styles.list}>
      {props.history.map(({ at, connector, address, slot, did, outcome, answeredAt, because }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two writes of one millisecond are told apart by place only
        <li key={`${at}/${index}`} className={styles.item}>
          <time className={styles.at} dateTime={new Date(at).toISOString()}>
            {exactText(at, now)}
          </time>
          <div className={styles.line}>
            <HubSpan className={styles.did}>{asPhrase(did)}</HubSpan>
            <span className={styles.outcome}>
              {outcomes[outcome] ?? outcome}
              {answeredAt !== undefined && said.after(Math.max(0, answeredAt - at) / 1000)}
            </span>
          </div>
          <div className={styles.aside}>
            {props.titles.place(connector, address)} · {slotLabel(slot)}
          </div>
          <HubText className={styles.aside}>{asSentence(props.titles.tidy(because))}</HubText>
        </li>
      ))}
    </ol>
  )
}
