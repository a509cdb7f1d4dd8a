import { makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { ExplainView, PersonView } from '../../../src/core/view.ts'
import { StateText } from '../board/state-text.tsx'
import { MomentContext } from '../live/now.ts'
import { useAnswer } from '../live/use-answer.ts'
import { type Polled, usePolled } from '../live/use-polled.ts'
import { Explanation } from './explanation.tsx'
import { PastMoment } from './past-moment.tsx'
import { explain } from './person-client.ts'

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '20px' },
  earlier: { display: 'flex', flexDirection: 'column', gap: '12px' },
})

/** What is asked of the hub about a person over and over: now, and again when something of theirs changes. */
export function useExplained(person: PersonView, isWanted = true): Polled<ExplainView> {
  return usePolled({
    key: isWanted ? String(person.revision) : undefined,
    everyMs: 15_000,
    read: (signal) => explain(person, undefined, signal),
  })
}

/** The explanation with a question of its own, where nothing else on the page has the answer. */
export function WhyTab({ person }: { person: PersonView }) {
  const [at, setAt] = useState<number>()
  const explained = useExplained(person, at === undefined)
  return <Why {...{ person, explained, at }} show={setAt} />
}

/** The same, of an answer that the page has. */
export function WhySection({ person, explained }: Pick<WhyProps, 'person' | 'explained'>) {
  const [at, setAt] = useState<number>()
  return <Why {...{ person, explained, at }} show={setAt} />
}

interface WhyProps {
  readonly person: PersonView
  /** As it is now. */
  readonly explained: Polled<ExplainView>
  /** The moment that is looked at; undefined for now. */
  readonly at: number | undefined
  show(at: number | undefined): void
}

/** The hub's own explanation of one person, now or, where the tenant keeps a history, at an earlier moment. */
function Why({ person, explained, at, show }: WhyProps) {
  const styles = useStyles()
  const past = explained.value?.past
  return (
    <div className={styles.all}>
      {past && <PastMoment from={past.from} shown={at} show={show} />}
      {at === undefined ? <Explanation {...explained} /> : <ThenExplained person={person} at={at} />}
    </div>
  )
}

/** Ages and times are told as they were then. */
function ThenExplained({ person, at }: { person: PersonView; at: number }) {
  const styles = useStyles()
  const answer = useAnswer(String(at), (signal) => explain(person, at, signal))
  return (
    <MomentContext value={at}>
      <div className={styles.earlier}>
        {answer.value && <StateText state={answer.value.person.state} />}
        <Explanation {...answer} />
      </div>
    </MomentContext>
  )
}
