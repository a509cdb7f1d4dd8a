import { makeStyles } from '@fluentui/react-components'
import type { PersonView } from '../../../src/core/view.ts'
import { StateText } from '../board/state-text.tsx'
import { WhyTab } from '../person/why-tab.tsx'
import { meWords } from './me-words.ts'

const useStyles = makeStyles({
  state: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', margin: '0 0 12px' },
  why: { cursor: 'pointer' },
})

/** What colleagues see of one, and why. */
export function ShownSystems({ person }: { person: PersonView }) {
  const styles = useStyles()
  const { shown } = meWords()
  return (
    <>
      <div className={styles.state}>
        {shown.now} <StateText state={person.state} />
      </div>
      <WhyTab person={person} />
    </>
  )
}
