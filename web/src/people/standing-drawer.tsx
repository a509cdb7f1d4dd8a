import { Button, Link, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { CoverageNote, CoverageRow, RosterView } from '../../../src/core/roster-port.ts'
import { DoneNote } from '../frame/done-note.tsx'
import { Refused } from '../frame/refused.tsx'
import { personPageAddress } from '../frame/route.ts'
import { SideDrawer } from '../frame/side-drawer.tsx'
import { Section } from '../person/section.tsx'
import { useSending } from '../session/use-sending.ts'
import { HubSpan, HubText } from '../words/hub-text.tsx'
import { asSentence } from '../words/presence-words.ts'
import { readableAddresses } from '../words/system-titles.ts'
import { dayText } from '../words/time.ts'
import { AddressForm } from './address-form.tsx'
import { KindMark } from './kind-mark.tsx'
import { hidePerson } from './roster-client.ts'
import { rosterWords } from './roster-words.ts'

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: { padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
  place: { display: 'flex', gap: '8px', alignItems: 'baseline', justifyContent: 'space-between' },
  aside: { color: tokens.colorNeutralForeground2 },
})

interface StandingDrawerProps {
  readonly row: CoverageRow
  readonly roster: RosterView
  close(): void
  /** The roster is another now. */
  changed(): void
}

/** One person: every reason, what to do, and the addresses, which can be given by hand. */
export function StandingDrawer({ row, roster, close, changed }: StandingDrawerProps) {
  const styles = useStyles()
  const said = rosterWords()
  const [saved, setSaved] = useState(0)
  return (
    <SideDrawer title={row.displayName} under={<div className={styles.aside}>{row.upn}</div>} close={close}>
      {row.shown && (
        <Link href={personPageAddress(`${row.tenant}/${row.id}`)} inline>
          {said.openPerson}
        </Link>
      )}
      <Section title={said.why}>
        <ul className={styles.list}>
          {row.notes.map((note) => (
            <Note key={`${note.kind}/${note.connector ?? ''}/${note.reason}`} note={note} />
          ))}
          {row.shown && (
            <li className={styles.item}>
              {row.cameAt === undefined ? said.cameNever : said.cameAt(dayText(row.cameAt))}
            </li>
          )}
        </ul>
      </Section>
      {roster.readOnly === undefined && row.shown && <HideButton key={row.id} row={row} saved={changed} />}
      <Section title={said.addresses}>
        {saved > 0 && <DoneNote key={saved}>{said.saved}</DoneNote>}
        <ul className={styles.list}>
          {roster.connectors.map((connector) => (
            <Place
              key={connector.id}
              {...{ row, connector }}
              readOnly={roster.readOnly !== undefined}
              saved={() => {
                setSaved((times) => times + 1)
                changed()
              }}
            />
          ))}
        </ul>
      </Section>
    </SideDrawer>
  )
}

/** Hidden from colleagues, kept in step all the same. */
function HideButton({ row, saved }: { row: CoverageRow; saved(): void }) {
  const said = rosterWords()
  const { busy, refused, send } = useSending()
  const isHidden = row.kinds.includes('hidden')
  const act = async () => {
    await hidePerson(row, !isHidden)
    saved()
  }
  return (
    <div>
      <Button size="small" disabled={busy} onClick={() => send(act)}>
        {isHidden ? said.showAgain : said.hide}
      </Button>
      <Refused text={refused} />
    </div>
  )
}

function Note({ note }: { note: CoverageNote }) {
  const styles = useStyles()
  return (
    <li className={styles.item}>
      <KindMark kind={note.kind} />
      <HubText className={styles.aside}>{asSentence(note.reason)}</HubText>
      {note.fix !== undefined && (
        <div>
          <b>{rosterWords().toDo}</b> <HubSpan>{asSentence(note.fix)}</HubSpan>
        </div>
      )}
    </li>
  )
}

interface PlaceProps {
  readonly row: CoverageRow
  readonly connector: RosterView['connectors'][number]
  readonly readOnly: boolean
  saved(): void
}

function Place({ row, connector, readOnly, saved }: PlaceProps) {
  const styles = useStyles()
  const said = rosterWords()
  const [changing, setChanging] = useState(false)
  const at = row.systems.find((one) => one.connector === connector.id)
  const shown = at && (readableAddresses(at.addresses).join(', ') || at.addresses.join(', '))
  return (
    <li className={styles.item}>
      <div className={styles.place}>
        <span>
          <b>{connector.title}</b> {shown ?? <span className={styles.aside}>{said.noAddress}</span>}
          {at?.given && <span className={styles.aside}> · {said.byHand}</span>}
        </span>
        {!readOnly && !changing && (
          <Button size="small" aria-label={said.change(connector.title)} onClick={() => setChanging(true)}>
            {said.changeShort}
          </Button>
        )}
      </div>
      {changing && (
        <AddressForm
          {...{ row, connector }}
          addresses={at?.given ? at.addresses : []}
          close={() => setChanging(false)}
          saved={() => {
            setChanging(false)
            saved()
          }}
        />
      )}
    </li>
  )
}
