import { makeStyles, tokens } from '@fluentui/react-components'
import { DataTable } from '../frame/data-table.tsx'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { pairLabel } from '../words/presence-words.ts'
import { clockText } from '../words/time.ts'
import { CalmLine } from './calm-line.tsx'
import type { Known } from './find-notices.ts'
import { healthWords } from './health-words.ts'

const useStyles = makeStyles({ text: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 } })

/** Words that systems say and their connectors do not know: which, where, how often, since when. */
export function WordList({ connectors }: { connectors: readonly Known[] }) {
  const styles = useStyles()
  const said = healthWords()
  const now = useNow()
  const found = connectors
    .flatMap(({ title, tenant, id, unknownValues }) =>
      unknownValues.map((one) => ({ ...one, title, place: `${tenant}/${id}` })),
    )
    .sort((a, b) => b.lastAt - a.lastAt)
  if (found.length === 0) return <CalmLine>{said.noWords}</CalmLine>
  return (
    <>
      <p className={styles.text}>{said.wordsText}</p>
      <DataTable
        label={said.words}
        heads={[said.word, said.system, said.place, said.takenAs, said.times, said.first, said.last]}
        lines={found.map(({ title, place, field, value, takenAs, count, firstAt, lastAt }) => ({
          key: `${place} ${field} ${value}`,
          cells: [
            value,
            title,
            field,
            pairLabel(takenAs),
            words().pages.health.times(count),
            clockText(firstAt, now),
            clockText(lastAt, now),
          ],
        }))}
      />
    </>
  )
}
