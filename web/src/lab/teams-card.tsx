import {
  Button,
  Label,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Select,
  Switch,
  tokens,
  useId,
} from '@fluentui/react-components'
import { CallEndRegular } from '@fluentui/react-icons/svg/call-end'
import { PeopleTeamRegular } from '@fluentui/react-icons/svg/people-team'
import { VideoRegular } from '@fluentui/react-icons/svg/video'
import { StateIcon } from '../board/state-icon.tsx'
import { words } from '../language/words.ts'
import { pairActivity, pairLabel } from '../words/presence-words.ts'
import { LabCard, LabKeys } from './lab-card.tsx'
import { type Act, lab } from './lab-client.ts'
import type { LabTeams } from './lab-state.ts'

interface TeamsCardProps {
  readonly upn: string
  readonly teams: LabTeams
  readonly act: Act
}

/** Teams as the person sees it: the status it shows, and what a person does in the client. */
export function TeamsCard({ upn, teams, act }: TeamsCardProps) {
  const shown = pairLabel(teams.shown)
  const { lab: said } = words().person
  const face = {
    icon: <StateIcon kind={pairActivity(teams.shown)} />,
    big: teams.outOfOffice ? said.withOutOfOffice(shown) : shown,
    small: parts(teams),
  }
  return (
    <LabCard icon={<PeopleTeamRegular />} title="Teams" aside={said.teamsShows} face={face}>
      <LabKeys>
        <StatusMenu upn={upn} teams={teams} act={act} />
        <Button
          icon={teams.inCall ? <CallEndRegular /> : <VideoRegular />}
          onClick={() => act(lab.teamsCall(upn, !teams.inCall))}
        >
          {teams.inCall ? said.endCall : said.startCall}
        </Button>
      </LabKeys>
      <LabKeys>
        <ClientSelect upn={upn} teams={teams} act={act} />
        <Switch
          label={words().codes.states.outOfOffice}
          checked={teams.outOfOffice}
          onChange={(_, { checked }) => act(lab.setTeams(upn, 'outOfOffice', { on: checked }))}
        />
      </LabKeys>
    </LabCard>
  )
}

/** Which of the three things that make a Teams status are there: the client, a choice, our own session. */
function parts({ client, preferred, sessions }: LabTeams): string {
  const { lab: said } = words().person
  const all = [client ? said.appSays(pairLabel(client)) : said.appSignedOut]
  if (preferred) all.push(said.chosen(pairLabel(preferred)))
  if (sessions.length > 0) all.push(said.setByUs(sessions.map(pairLabel).join(', ')))
  return all.join(' · ')
}

/** The pairs of Teams' status menu (Graph: setUserPreferredPresence). */
const choices = [
  'Available/Available',
  'Busy/Busy',
  'DoNotDisturb/DoNotDisturb',
  'BeRightBack/BeRightBack',
  'Away/Away',
  'Offline/OffWork',
] as const

function StatusMenu({ upn, act }: TeamsCardProps) {
  const set = (status: string | null) => () => act(lab.setTeams(upn, 'status', { status }))
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="primary">{words().person.lab.setStatus}</Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {choices.map((pair) => (
            <MenuItem key={pair} icon={<StateIcon kind={pairActivity(pair)} />} onClick={set(pair)}>
              {pairLabel(pair)}
            </MenuItem>
          ))}
          <MenuDivider />
          <MenuItem onClick={set(null)}>{words().person.lab.resetStatus}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

const useSelectStyles = makeStyles({
  field: { display: 'flex', alignItems: 'center', gap: '8px', marginRight: 'auto' },
  label: { color: tokens.colorNeutralForeground1 },
})

function ClientSelect({ upn, teams, act }: TeamsCardProps) {
  const styles = useSelectStyles()
  const id = useId('client')
  const { lab: said } = words().person
  const value =
    teams.client === null ? '' : teams.client.startsWith('Away') ? 'Away/Away' : 'Available/Available'
  return (
    <span className={styles.field}>
      <Label htmlFor={id} className={styles.label}>
        {said.app}
      </Label>
      <Select
        id={id}
        value={value}
        onChange={(_, { value: state }) =>
          act(lab.setTeams(upn, 'client', { state: state === '' ? null : state }))
        }
      >
        <option value="Available/Available">{said.appStates.active}</option>
        <option value="Away/Away">{said.appStates.idle}</option>
        <option value="">{said.appStates.signedOut}</option>
      </Select>
    </span>
  )
}
