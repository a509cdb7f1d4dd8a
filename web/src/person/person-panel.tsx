import {
  Avatar,
  Button,
  Drawer,
  DrawerBody,
  DrawerHeader,
  Link,
  makeStyles,
  Tab,
  TabList,
  tokens,
} from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useEffect, useRef, useState } from 'react'
import type { ConnectorView, PersonView } from '../../../src/core/view.ts'
import { FavouriteButton } from '../board/favourite-button.tsx'
import { StateText } from '../board/state-text.tsx'
import { go, personPageAddress } from '../frame/route.ts'
import { LabTab } from '../lab/lab-tab.tsx'
import { words } from '../language/words.ts'
import { personKey } from '../live/board-store.ts'
import { useNow } from '../live/now.ts'
import { useMedia } from '../theme/theme-choice.ts'
import { clockText, durationText } from '../words/time.ts'
import { PauseControl } from './pause-control.tsx'
import { PersonProblems } from './person-problems.tsx'
import { WhyTab } from './why-tab.tsx'

const useStyles = makeStyles({
  inline: {
    width: '440px',
    flexShrink: 0,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    height: '100%',
    boxSizing: 'border-box',
  },
  over: { width: '480px', maxWidth: '100vw' },
  header: { padding: '16px 20px 0', gap: '12px' },
  top: { display: 'flex', alignItems: 'center', gap: '12px', minWidth: 0 },
  names: { minWidth: 0, flex: '1 1 0' },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    outlineStyle: 'none',
  },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  aside: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  state: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px' },
  tabs: { marginLeft: '-10px' },
  body: { padding: '16px 20px 24px' },
})

export interface PersonPanelProps {
  readonly person: PersonView
  readonly connectors: readonly ConnectorView[]
  /** True beside a lab: its controls are offered. */
  readonly demo: boolean
}

const close = () => go('#/')

/** One person in full. Beside the board where there is room, else above it. */
export default function PersonPanel({ person, connectors, demo }: PersonPanelProps) {
  const styles = useStyles()
  const roomy = useMedia('(min-width: 1100px)')
  const [tab, setTab] = useState(demo ? 'lab' : 'why')
  useEscape()
  return (
    <Drawer
      type={roomy ? 'inline' : 'overlay'}
      position="end"
      open
      onOpenChange={(_, { open }) => !open && close()}
      className={roomy ? styles.inline : styles.over}
      aria-label={person.displayName}
      {...(roomy ? { role: 'complementary' } : {})}
    >
      <DrawerHeader className={styles.header}>
        <PanelTop person={person} />
        {demo && (
          <TabList
            className={styles.tabs}
            selectedValue={tab}
            onTabSelect={(_, { value }) => setTab(String(value))}
          >
            <Tab value="lab">{words().person.tryIt}</Tab>
            <Tab value="why">{words().person.why}</Tab>
          </TabList>
        )}
      </DrawerHeader>
      <DrawerBody className={styles.body}>
        <PersonProblems person={person} connectors={connectors} />
        <PauseControl key={person.id} person={person} />
        {demo && tab === 'lab' ? (
          <LabTab person={person} />
        ) : (
          <WhyTab key={`${person.tenant}/${person.id}`} person={person} />
        )}
      </DrawerBody>
    </Drawer>
  )
}

function PanelTop({ person }: { person: PersonView }) {
  const styles = useStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever came by keyboard goes on in the panel; a mouse leaves the focus on the board.
  useEffect(() => {
    if (document.activeElement?.matches(':focus-visible')) heading.current?.focus()
  }, [])
  const now = useNow()
  const since = person.state.since
  return (
    <>
      <div className={styles.top}>
        <Avatar name={person.displayName} color="colorful" idForColor={person.upn} size={48} aria-hidden />
        <div className={styles.names}>
          <h2 ref={heading} tabIndex={-1} className={`${styles.name} ${styles.cut}`}>
            {person.displayName}
          </h2>
          <div className={`${styles.aside} ${styles.cut}`}>{person.upn}</div>
        </div>
        <FavouriteButton personKey={personKey(person)} />
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={words().person.close}
          onClick={close}
        />
      </div>
      <Link href={personPageAddress(personKey(person))}>{words().person.openPage}</Link>
      <div className={styles.state}>
        <StateText state={person.state} />
        {since && (
          <span className={styles.aside}>
            {words().person.sinceAndFor(clockText(since, now), durationText(since, now))}
          </span>
        )}
      </div>
    </>
  )
}

/** Escape closes, wherever the focus is, unless something above the panel took the key. */
function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) close()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
