import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { CoverageRow, DirectoryPlace, RosterView } from '../../../src/core/roster-port.ts'
import { Refused } from '../frame/refused.tsx'
import { useAnswer } from '../live/use-answer.ts'
import { useSettled } from '../live/use-settled.ts'
import { useSending } from '../session/use-sending.ts'
import { linkByHand, readPlaces } from './roster-client.ts'
import { rosterWords } from './roster-words.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '10px', padding: '8px 0 4px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
  },
  choice: {
    justifyContent: 'flex-start',
    width: '100%',
    textAlign: 'left',
    fontWeight: tokens.fontWeightRegular,
  },
  heading: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

interface AddressFormProps {
  readonly row: CoverageRow
  readonly connector: RosterView['connectors'][number]
  /** By hand now. */
  readonly addresses: readonly string[]
  close(): void
  saved(): void
}

const parts = (text: string) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** Somebody's addresses at one system, by hand: typed, or picked from what its directory has. */
export function AddressForm({ row, connector, addresses, close, saved }: AddressFormProps) {
  const styles = useStyles()
  const said = rosterWords()
  const [text, setText] = useState(addresses.join(', '))
  const { busy, refused, send } = useSending()
  const place = { tenant: row.tenant, upn: row.upn, connector: connector.id }
  const save = (wanted: readonly string[]) =>
    send(async () => {
      await linkByHand(place, wanted)
      saved()
    })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        save(parts(text))
      }}
    >
      <Field label={said.address(connector.title)} hint={said.addressHint}>
        <Input autoComplete="off" value={text} onChange={(_, { value }) => setText(value)} />
      </Field>
      {connector.hasDirectory && (
        <Places
          tenant={row.tenant}
          connector={connector.id}
          text={parts(text).at(-1) ?? ''}
          pick={(address) => setText([...parts(text).slice(0, -1), address].join(', '))}
        />
      )}
      <Refused text={refused} />
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" size="small" disabled={busy || parts(text).length === 0}>
          {said.save}
        </Button>
        {addresses.length > 0 && (
          <Button size="small" disabled={busy} onClick={() => save([])}>
            {said.leaveToDirectory}
          </Button>
        )}
        <Button size="small" disabled={busy} onClick={close}>
          {said.cancel}
        </Button>
      </div>
    </form>
  )
}

interface PlacesProps {
  readonly tenant: string
  readonly connector: string
  readonly text: string
  pick(address: string): void
}

function Places({ tenant, connector, text: typed, pick }: PlacesProps) {
  const styles = useStyles()
  const said = rosterWords()
  const text = useSettled(typed)
  const { value } = useAnswer(text, (signal) => readPlaces({ tenant, connector, text, limit: 8 }, signal))
  return (
    <div>
      <p className={styles.heading}>{said.lookUp}</p>
      {value?.length === 0 && <p className={styles.heading}>{said.nothingFound}</p>}
      <ul className={styles.list}>
        {value?.map((place) => (
          <li key={place.address}>
            <Button
              size="small"
              appearance="subtle"
              className={styles.choice}
              onClick={() => pick(place.address)}
            >
              {placeText(place)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function placeText({ address, displayName, people }: DirectoryPlace): string {
  const said = rosterWords()
  const who = people.length > 0 ? said.takenBy(people.join(', ')) : said.free
  return [address, ...(displayName === undefined ? [] : [displayName]), who].join(' · ')
}
