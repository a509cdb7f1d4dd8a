import { useEffect, useState } from 'react'
import type { SelfSubject } from '../../../src/core/self-port.ts'
import { PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { Refused } from '../frame/refused.tsx'
import { HubError } from '../live/http.ts'
import { usePolled } from '../live/use-polled.ts'
import { PauseControl } from '../person/pause-control.tsx'
import { CallsChoice } from './calls-choice.tsx'
import { ConsentSwitch } from './consent-switch.tsx'
import { DirectionList } from './direction-list.tsx'
import { type Mine, noteVisit, readMine } from './me-client.ts'
import { meWords } from './me-words.ts'
import { PairingState } from './pairing-state.tsx'
import type { SectionProps } from './section-props.ts'
import { ShownSystems } from './shown-systems.tsx'
import { StoredData } from './stored-data.tsx'

const everyMs = 3000

/** One person's own page, in the portal and in the tab. */
export function MeContent({ subject }: { subject: SelfSubject }) {
  const [turn, setTurn] = useState(0)
  const [failed, setFailed] = useState<string>()
  const { value, error } = usePolled({
    ...{ key: String(turn), everyMs },
    read: (signal) => readMine(subject, signal),
  })
  const { tenant, person } = subject
  useEffect(() => {
    // That somebody came is a figure; that it could not be counted is nobody's trouble.
    noteVisit({ tenant, person }).catch(() => {})
  }, [tenant, person])
  const again = () => setTurn((last) => last + 1)
  if (error instanceof HubError && error.status === 404) return <PageEmpty>{meWords().nobody}</PageEmpty>
  if (!value) return error ? <PageFailed reason={error.message} again={again} /> : <PageLoading />
  const act = async (deed: Promise<unknown>) => {
    setFailed(undefined)
    await deed.catch((reason: Error) => setFailed(reason.message))
    again()
  }
  const trouble = failed ?? error?.message
  return (
    <>
      <Refused text={trouble} />
      <Sections {...{ mine: value, subject, act }} />
    </>
  )
}

function Sections({ mine, ...rest }: SectionProps & { mine: Mine }) {
  const me = meWords()
  const { own, person, consent } = mine
  return (
    <>
      {consent && consent.mode === 'optIn' && (
        <PageSection title={me.consent.title}>
          <ConsentSwitch consent={consent} {...rest} />
        </PageSection>
      )}
      {consent && (consent.canPair || consent.pairing) && (
        <PageSection title={me.pairing.title}>
          <PairingState consent={consent} {...rest} />
        </PageSection>
      )}
      <PageSection title={me.directions.title}>
        <PauseControl person={person} />
        <DirectionList own={own} {...rest} />
        {own.calls && <CallsChoice chosen={own.calls.chosen ?? 'rules'} {...rest} />}
      </PageSection>
      <PageSection title={me.shown.title}>
        <ShownSystems person={person} />
      </PageSection>
      <PageSection title={me.stored.title}>
        <StoredData {...rest} />
      </PageSection>
    </>
  )
}
