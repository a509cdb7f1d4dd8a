import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { ExplainView, PersonView } from '../../../src/core/view.ts'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { useNow } from '../live/now.ts'
import { useAnswer } from '../live/use-answer.ts'
import { titlesOf } from '../words/system-titles.ts'
import { clockText } from '../words/time.ts'
import { DayChart } from './day-chart.tsx'
import { readDay } from './person-client.ts'
import { personPageWords } from './person-page-words.ts'

const hourMs = 3_600_000

const useStyles = makeStyles({
  text: { margin: '0 0 12px' },
  code: {
    display: 'block',
    padding: '8px 12px',
    fontFamily: tokens.fontFamilyMonospace,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    whiteSpace: 'pre',
    overflowX: 'auto',
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

interface DayOfPersonProps {
  readonly person: PersonView
  readonly explained: ExplainView | undefined
}

/** What each system said through the day and what was written, drawn; or how a history is switched on. */
export function DayOfPerson({ person, explained }: DayOfPersonProps) {
  const styles = useStyles()
  const said = personPageWords()
  const [shown, setShown] = useState<{ readonly from: number; readonly to: number }>()
  const now = useNow()
  if (!explained) return <PageLoading />
  if (!explained.past) {
    return (
      <>
        <p className={styles.text}>{said.noHistory}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
        <code className={styles.code} tabIndex={0}>
          {`tenants:\n  - id: ${person.tenant}\n    history: { days: 7 }`}
        </code>
        <p>{said.ledgerBelow}</p>
      </>
    )
  }
  const show = (from: number, to: number) => setShown({ from: Math.round(from), to: Math.round(to) })
  return (
    <>
      <p className={styles.text}>
        {said.looksAreNoted} {said.keptSince(clockText(explained.past.from, now))}
      </p>
      <div className={styles.buttons}>
        <Button onClick={() => show(now - hourMs, Date.now())}>{said.lastHour}</Button>
        <Button onClick={() => show(new Date(now).setHours(0, 0, 0, 0), Date.now())}>{said.today}</Button>
        <Button onClick={() => show(now - 24 * hourMs, Date.now())}>{said.lastDay}</Button>
      </div>
      {shown && <Drawn key={`${shown.from}`} person={person} span={shown} />}
    </>
  )
}

function Drawn(props: { person: PersonView; span: { readonly from: number; readonly to: number } }) {
  const { person, span } = props
  const { value, error } = useAnswer(`${span.from}/${span.to}`, (signal) => readDay(person, span, signal))
  if (error) return <PageFailed reason={error.message} />
  if (!value) return <PageLoading />
  return <DayChart day={value} titles={titlesOf(person)} />
}
