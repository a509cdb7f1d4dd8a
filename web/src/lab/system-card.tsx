import { Button } from '@fluentui/react-components'
import { DesktopRegular } from '@fluentui/react-icons/svg/desktop'
import { words } from '../language/words.ts'
import { LabCard, LabKeys } from './lab-card.tsx'
import { type Act, lab } from './lab-client.ts'

interface SystemCardProps {
  readonly upn: string
  /** Name of the system in the lab. */
  readonly name: string
  /** What its own client shows, and what can be picked there, in its own words. */
  readonly shown: string
  readonly states: readonly string[]
  readonly act: Act
}

/** The client of a system beside Teams and the phones: a profile, a CRM status. */
export function SystemCard({ upn, name, shown, states, act }: SystemCardProps) {
  const face = { icon: <DesktopRegular />, big: shown, small: words().person.lab.clientShows }
  return (
    <LabCard icon={<DesktopRegular />} title={name} face={face}>
      <LabKeys>
        {states.map((state) => (
          <Button
            key={state}
            size="small"
            disabled={state === shown}
            onClick={() => act(lab.setSystem(name, upn, state))}
          >
            {state}
          </Button>
        ))}
      </LabKeys>
    </LabCard>
  )
}
