import { Avatar, Link, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { FavouriteButton } from '../board/favourite-button.tsx'
import { StateText } from '../board/state-text.tsx'
import type { PageContext } from '../frame/page-context.ts'
import { PageScroll, PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageLoading } from '../frame/page-state.tsx'
import { pageAddress } from '../frame/route.ts'
import { personKey } from '../live/board-store.ts'
import { useNow } from '../live/now.ts'
import { administers } from '../session/caller-signs.ts'
import { clockText, durationText } from '../words/time.ts'
import { ConsentSwitch } from './consent-switch.tsx'
import { DayOfPerson } from './day-of-person.tsx'
import { LinkList } from './link-list.tsx'
import { PauseControl } from './pause-control.tsx'
import { personPageWords } from './person-page-words.ts'
import { PersonProblems } from './person-problems.tsx'
import { Reachability } from './reachability.tsx'
import { ReadAgain } from './read-again.tsx'
import { StoredData } from './stored-data.tsx'
import { useExplained, WhySection } from './why-tab.tsx'

const useStyles = makeStyles({
  top: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap', marginTop: '12px' },
  names: { minWidth: 0, flex: '1 1 200px', overflowWrap: 'anywhere' },
  name: { margin: 0, fontSize: tokens.fontSizeBase500, outlineStyle: 'none' },
  aside: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '0 12px' },
  switches: { display: 'flex', flexDirection: 'column', gap: '12px', marginTop: '16px' },
})

/** One person in full, on a page of their own; each sees what they may. */
export default function PersonPage(context: PageContext) {
  const { people, selected } = context
  const person = selected === undefined ? undefined : people?.get(selected)
  if (!people) return <PageLoading />
  if (!person) return <PageEmpty>{personPageWords().nobodyHere}</PageEmpty>
  return <Whole key={selected} person={person} context={context} />
}

function Whole({ person, context }: { person: PersonView; context: PageContext }) {
  const said = personPageWords()
  const isAdministrator = administers(context)
  const explained = useExplained(person)
  return (
    <PageScroll>
      <Head person={person} context={context} isAdministrator={isAdministrator} />
      <PageSection title={said.willItRing}>
        <Reachability person={person} />
      </PageSection>
      <PageSection title={said.day}>
        <DayOfPerson person={person} explained={explained.value} />
      </PageSection>
      <PageSection title={said.links}>
        <LinkList explained={explained} />
      </PageSection>
      <PageSection title={said.why}>
        <WhySection {...{ person, explained }} />
      </PageSection>
      {isAdministrator && (
        <PageSection title={said.stored}>
          <StoredData person={person} />
        </PageSection>
      )}
    </PageScroll>
  )
}

interface HeadProps {
  readonly person: PersonView
  readonly context: PageContext
  readonly isAdministrator: boolean
}

function Head({ person, context, isAdministrator }: HeadProps) {
  const styles = useStyles()
  const said = personPageWords()
  const now = useNow()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { since } = person.state
  return (
    <section aria-label={person.displayName}>
      <Link href={pageAddress('board')}>{said.toBoard}</Link>
      <div className={styles.top}>
        <Avatar name={person.displayName} color="colorful" idForColor={person.upn} size={56} aria-hidden />
        <div className={styles.names}>
          <h2 ref={heading} tabIndex={-1} className={styles.name}>
            {person.displayName}
          </h2>
          <div className={styles.aside}>{person.upn}</div>
        </div>
        <div>
          <StateText state={person.state} />
          {since !== undefined && (
            <div className={styles.aside}>
              {said.sinceAndFor(clockText(since, now), durationText(since, now))}
            </div>
          )}
        </div>
        <FavouriteButton personKey={personKey(person)} />
      </div>
      <div className={styles.switches}>
        <PersonProblems person={person} connectors={context.systems.value?.connectors ?? []} />
        <div className={styles.buttons}>
          <PauseControl person={person} />
          {isAdministrator && <ReadAgain person={person} />}
        </div>
        {isAdministrator && <ConsentSwitch person={person} />}
      </div>
    </section>
  )
}
