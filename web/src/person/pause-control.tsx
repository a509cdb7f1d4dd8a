import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
} from '@fluentui/react-components'
import { PauseRegular } from '@fluentui/react-icons/svg/pause'
import { useState } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { titlesOf } from '../words/system-titles.ts'
import { pauseLengths, pausePerson, pauseText, resumePerson } from './pause-client.ts'

const useStyles = makeStyles({
  all: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '8px',
    marginBottom: '16px',
  },
  bar: { width: '100%', boxSizing: 'border-box' },
})

/** Switches a person's sync off for a while, says that it is off, and switches it on again. */
export function PauseControl({ person }: { person: PersonView }) {
  const styles = useStyles()
  const now = useNow()
  const { person: said } = words()
  const [failed, setFailed] = useState<string>()
  const run = (action: Promise<void>): void => {
    setFailed(undefined)
    action.catch((reason: Error) => setFailed(reason.message))
  }
  // A direction that somebody switched off is no pause, and does not end with one.
  const paused = (person.paused ?? []).filter(({ off }) => !off)
  const { tidy } = titlesOf(person)
  return (
    <div className={styles.all}>
      <Refused text={failed} className={styles.bar} />
      {paused.length > 0 && (
        <MessageBar intent="info" layout="multiline" className={styles.bar}>
          <MessageBarBody>{paused.map((pause) => tidy(pauseText(pause, now))).join(' ')}</MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => run(resumePerson(person))}>
              {said.switchOn}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {paused.length === 0 && (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button size="small" icon={<PauseRegular />}>
              {said.pauseSync}
            </Button>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {pauseLengths.map((length) => (
                <MenuItem key={length.name} onClick={() => run(pausePerson(person, length))}>
                  {said.pauses[length.name]}
                </MenuItem>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </div>
  )
}
