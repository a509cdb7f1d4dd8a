import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ExplainView } from '../../../src/core/view.ts'
import { useNow } from '../live/now.ts'
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

const heardWords: Record<Signal['heard'], string | undefined> = {
  live: undefined,
  lost: 'The source cannot be heard; it is kept for a while',
  ended: 'Ended',
  hidden: 'Hidden by what we wrote ourselves',
}

/** Every input of the decision with its age. */
export function SignalList(props: { signals: readonly Signal[]; titles: Titles }) {
  const styles = useStyles()
  const now = useNow()
  if (props.signals.length === 0) return <Nothing>No system has said anything yet.</Nothing>
  return (
    <ul className={styles.list}>
      {props.signals.map(({ connector, address, what, since, heard, note, noteSince }) => (
        <li key={`${connector}/${address}/${what}/${since}`} className={styles.item}>
          <div className={styles.line}>
            <span className={mergeClasses(styles.what, heard === 'ended' && styles.past)}>
              {asPhrase(what)}
            </span>
            <span className={mergeClasses(styles.aside, styles.age)} title={`Since ${clockText(since, now)}`}>
              {durationText(since, now)}
            </span>
          </div>
          <div className={styles.aside}>{props.titles.place(connector, address)}</div>
          <Note words={withTime(note ?? heardNote(heard, what), noteSince, now)} />
        </li>
      ))}
    </ul>
  )
}

/** A call whose words say that it has ended needs no more of them. */
function heardNote(heard: Signal['heard'], what: string): string | undefined {
  return heard === 'ended' && what.endsWith('ended') ? undefined : heardWords[heard]
}

function withTime(words: string | undefined, since: number | undefined, now: number): string | undefined {
  return words && since !== undefined ? `${words} since ${clockText(since, now)}` : words
}

function Note({ words }: { words: string | undefined }) {
  const styles = useStyles()
  return words ? <div className={styles.note}>{asSentence(words)}</div> : null
}
