import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ExplainView } from '../../../src/core/view.ts'
import { hubWords } from '../language/hub-words.ts'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { asPhrase, asSentence } from '../words/presence-words.ts'
import type { Titles } from '../words/system-titles.ts'
import { clockText, durationText } from '../words/time.ts'
import { Nothing } from './section.tsx'

type Signal = ExplainView['signals'][number]

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: { padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  line: { display: 'flex', justifyContent: 'space-between', gap: '12px' },
  what: { fontWeight: tokens.fontWeightSemibold },
  past: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground3 },
  aside: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  age: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  note: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
})

/** Every input of the decision with its age. */
export function SignalList(props: { signals: readonly Signal[]; titles: Titles }) {
  const styles = useStyles()
  const now = useNow()
  if (props.signals.length === 0) return <Nothing>{words().person.nothingSaid}</Nothing>
  return (
    <ul className={styles.list}>
      {props.signals.map(({ connector, address, what, since, heard, note, noteSince }) => (
        <li key={`${connector}/${address}/${what}/${since}`} className={styles.item}>
          <div className={styles.line}>
            <span className={mergeClasses(styles.what, heard === 'ended' && styles.past)}>
              <HubSpan>{asPhrase(what)}</HubSpan>
            </span>
            <span
              className={mergeClasses(styles.aside, styles.age)}
              title={words().board.sinceTitle(clockText(since, now))}
            >
              {durationText(since, now)}
            </span>
          </div>
          <div className={styles.aside}>{props.titles.place(connector, address)}</div>
          <Note
            text={withTime(note === undefined ? heardNote(heard, what) : hubWords(note).text, noteSince, now)}
          />
        </li>
      ))}
    </ul>
  )
}

/** A call whose words say that it has ended needs no more of them. */
function heardNote(heard: Signal['heard'], what: string): string | undefined {
  if (heard === 'live' || (heard === 'ended' && what.endsWith('ended'))) return undefined
  return words().person.heard[heard]
}

function withTime(text: string | undefined, since: number | undefined, now: number): string | undefined {
  return text && since !== undefined ? `${text}${words().codes.since(clockText(since, now))}` : text
}

function Note({ text }: { text: string | undefined }) {
  const styles = useStyles()
  return text ? <div className={styles.note}>{asSentence(text)}</div> : null
}
