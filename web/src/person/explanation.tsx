import { MessageBar, MessageBarBody, makeStyles, Spinner } from '@fluentui/react-components'
import type { ExplainView } from '../../../src/core/view.ts'
import type { Polled } from '../live/use-polled.ts'
import { titlesOf } from '../words/system-titles.ts'
import { DecisionList } from './decision-list.tsx'
import { HistoryList } from './history-list.tsx'
import { Section } from './section.tsx'
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
      <Spinner label="Asking the hub" />
    )
  }
  const titles = titlesOf(value.person)
  return (
    <div className={styles.all}>
      <Section title="What is shown, and why">
        <DecisionList decisions={value.decisions} titles={titles} />
      </Section>
      <Section title="What each system says">
        <SignalList signals={value.signals} titles={titles} />
      </Section>
      <Section title="What we wrote">
        <HistoryList history={value.history} titles={titles} />
      </Section>
    </div>
  )
}
