import { MessageBar, MessageBarBody, makeStyles, Spinner } from '@fluentui/react-components'
import type { ExplainView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import type { Polled } from '../live/use-polled.ts'
import { titlesOf } from '../words/system-titles.ts'
import { DecisionList } from './decision-list.tsx'
import { HistoryList } from './history-list.tsx'
import { Nothing, Section } from './section.tsx'
import { SignalList } from './signal-list.tsx'

const useStyles = makeStyles({ all: { display: 'flex', flexDirection: 'column', gap: '24px' } })

/** What is said, what follows from it, what was written: of now or of an earlier moment. */
export function Explanation({ value, error }: Polled<ExplainView>) {
  const styles = useStyles()
  if (!value) {
    return error ? (
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>{error.message}</MessageBarBody>
      </MessageBar>
    ) : (
      <Spinner label={words().person.askingHub} />
    )
  }
  const titles = titlesOf(value.person)
  const { person: said } = words()
  return (
    <div className={styles.all}>
      <Section title={said.shownAndWhy}>
        {said.hubSpeaks !== '' && <Nothing>{said.hubSpeaks}</Nothing>}
        <DecisionList decisions={value.decisions} titles={titles} />
      </Section>
      <Section title={said.eachSystemSays}>
        <SignalList signals={value.signals} titles={titles} />
      </Section>
      <Section title={said.whatWeWrote}>
        <HistoryList history={value.history} titles={titles} />
      </Section>
    </div>
  )
}
