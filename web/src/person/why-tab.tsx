import { MessageBar, MessageBarBody, makeStyles, Spinner } from '@fluentui/react-components'
import type { ExplainView, PersonView } from '../../../src/core/view.ts'
import { ask } from '../live/http.ts'
import { usePolled } from '../live/use-polled.ts'
import { titlesOf } from '../words/system-titles.ts'
import { DecisionList } from './decision-list.tsx'
import { HistoryList } from './history-list.tsx'
import { Section } from './section.tsx'
import { SignalList } from './signal-list.tsx'

const everyMs = 15_000

const useStyles = makeStyles({ all: { display: 'flex', flexDirection: 'column', gap: '24px' } })

/** The hub's own explanation of one person: what is said, what follows from it, what was written. */
export function WhyTab({ person }: { person: PersonView }) {
  const styles = useStyles()
  const key = encodeURIComponent(person.id)
  const tenant = encodeURIComponent(person.tenant)
  const { value, error } = usePolled({
    key: String(person.revision),
    everyMs,
    read: (signal) =>
      ask(`/api/v1/people/${key}/explain?tenant=${tenant}`, { signal }) as Promise<ExplainView>,
  })
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
