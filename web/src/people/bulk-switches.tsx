import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MessageBar,
  MessageBarBody,
} from '@fluentui/react-components'
import { useState } from 'react'
import { DoneNote } from '../frame/done-note.tsx'
import { useAnswer } from '../live/use-answer.ts'
import { useSending } from '../session/use-sending.ts'
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
  if (consent?.mode !== 'optIn') return null
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button disabled={coverage.total === 0}>{said.bulk}</Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => setOn(true)}>{said.switchOn(coverage.total)}</MenuItem>
            <MenuItem onClick={() => setOn(false)}>{said.switchOff(coverage.total)}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {on !== undefined && (
        <Confirm {...{ on, wanted, changed }} people={coverage.total} close={() => setOn(undefined)} />
      )}
    </>
  )
}

interface ConfirmProps extends Omit<BulkSwitchesProps, 'coverage'> {
  readonly on: boolean
  readonly people: number
  close(): void
}

function Confirm({ on, people, wanted, close, changed }: ConfirmProps) {
  const said = rosterWords()
  const { busy, refused, send } = useSending()
  const [done, setDone] = useState<number>()
  const label = on ? said.switchOn(people) : said.switchOff(people)
  const act = () =>
    send(async () => {
      setDone(await switchListed(wanted, on))
      changed()
    })
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{label}</DialogTitle>
          <DialogContent>
            {done === undefined && (on ? said.bulkOnText : said.bulkOffText)}
            {done !== undefined && <DoneNote>{said.switched(done)}</DoneNote>}
            {refused !== undefined && (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>{refused}</MessageBarBody>
              </MessageBar>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{done === undefined ? said.cancel : said.close}</Button>
            {done === undefined && (
              <Button appearance="primary" disabled={busy} onClick={act}>
                {label}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
