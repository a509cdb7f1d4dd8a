import { makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { StateText } from '../board/state-text.tsx'
import { MomentContext } from '../live/now.ts'
import { useAnswer } from '../live/use-answer.ts'
import { usePolled } from '../live/use-polled.ts'
import { Explanation } from './explanation.tsx'
import { PastMoment } from './past-moment.tsx'
import { explain } from './person-client.ts'

const everyMs = 15_000

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '20px' },
  earlier: { display: 'flex', flexDirection: 'column', gap: '12px' },
})

/** The hub's own explanation of one person, now or, where the tenant keeps a history, at an earlier moment. */
export function WhyTab({ person }: { person: PersonView }) {
  const styles = useStyles()
  const [at, setAt] = useState<number>()
  const present = usePolled({
    key: at === undefined ? String(person.revision) : undefined,
    everyMs,
    read: (signal) => explain(person, undefined, signal),
  })
  const past = present.value?.past
  return (
    <div className={styles.all}>
      {past && <PastMoment from={past.from} shown={at} show={setAt} />}
      {at === undefined ? <Explanation {...present} /> : <ThenExplained person={person} at={at} />}
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
