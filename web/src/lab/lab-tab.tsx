import { makeStyles, Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { usePolled } from '../live/use-polled.ts'
import { type Act, lab } from './lab-client.ts'
import { PhoneCard } from './phone-card.tsx'
import { SystemCard } from './system-card.tsx'
import { TeamsCard } from './teams-card.tsx'

/** Quick enough to see Teams follow; only while this tab is open. */
const everyMs = 500

const useStyles = makeStyles({ all: { display: 'flex', flexDirection: 'column', gap: '16px' } })

/** The person's phones and their Teams, to be played with: what one does here, the hub only sees over the wire. */
export function LabTab({ person }: { person: PersonView }) {
  const styles = useStyles()
  const [failed, setFailed] = useState<string>()
  const [acted, setActed] = useState(0)
  const { value, error } = usePolled({
    key: String(acted),
    everyMs,
    read: (signal) => lab.read(person.upn, signal),
  })
  const act: Act = (action) => {
    setFailed(undefined)
    action.catch((reason: Error) => setFailed(reason.message)).finally(() => setActed((count) => count + 1))
  }
  const problem = failed ?? (error ? error.message : undefined)
  return (
    <div className={styles.all}>
      <Refused text={problem} />
      {!value && !error && <Spinner label={words().person.lab.asking} />}
      {value?.phones.map((phone) => (
        <PhoneCard key={phone.extension} phone={phone} act={act} />
      ))}
      {value?.systems.map((system) => (
        <SystemCard key={system.name} upn={person.upn} {...system} act={act} />
      ))}
      {value?.teams && <TeamsCard upn={person.upn} teams={value.teams} act={act} />}
    </div>
  )
}
