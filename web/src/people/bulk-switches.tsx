import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { useState } from 'react'
import { AskFirst } from '../frame/ask-first.tsx'
import { DoneNote } from '../frame/done-note.tsx'
import { useAnswer } from '../live/use-answer.ts'
import { readConsent, switchListed, type Wanted } from './roster-client.ts'
import { rosterWords } from './roster-words.ts'
import type { Coverage } from './use-coverage.ts'

interface BulkSwitchesProps {
  readonly wanted: Wanted & { readonly tenant: string }
  readonly coverage: Coverage
  changed(): void
}

/** Where people opt in: sets the switch of everyone who is listed. */
export function BulkSwitches({ wanted, coverage, changed }: BulkSwitchesProps) {
  const said = rosterWords()
  const { value: consent } = useAnswer(wanted.tenant, (signal) => readConsent(wanted.tenant, signal))
  const [on, setOn] = useState<boolean>()
  const [done, setDone] = useState<number>()
  if (consent?.mode !== 'optIn') return null
  const labelOf = (next: boolean) => (next ? said.switchOn : said.switchOff)(coverage.total)
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button disabled={coverage.total === 0}>{said.bulk}</Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => setOn(true)}>{labelOf(true)}</MenuItem>
            <MenuItem onClick={() => setOn(false)}>{labelOf(false)}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {on !== undefined && (
        <AskFirst
          title={labelOf(on)}
          text={on ? said.bulkOnText : said.bulkOffText}
          label={labelOf(on)}
          close={() => setOn(undefined)}
          act={async () => {
            setDone(await switchListed(wanted, on))
            setOn(undefined)
            changed()
          }}
        />
      )}
      {done !== undefined && <DoneNote>{said.switched(done)}</DoneNote>}
    </>
  )
}
