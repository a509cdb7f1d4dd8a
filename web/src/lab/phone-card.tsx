import { Button, Switch } from '@fluentui/react-components'
import { CallRegular } from '@fluentui/react-icons/svg/call'
import { CallEndRegular } from '@fluentui/react-icons/svg/call-end'
import { CallInboundRegular } from '@fluentui/react-icons/svg/call-inbound'
import { CallOutboundRegular } from '@fluentui/react-icons/svg/call-outbound'
import { DialpadRegular } from '@fluentui/react-icons/svg/dialpad'
import { PauseRegular } from '@fluentui/react-icons/svg/pause'
import { PlayRegular } from '@fluentui/react-icons/svg/play'
import { StateIcon } from '../board/state-icon.tsx'
import type { StateKind } from '../board/state-kind.ts'
import { words } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { durationText } from '../words/time.ts'
import { LabCard, LabKeys } from './lab-card.tsx'
import { type Act, lab } from './lab-client.ts'
import type { LabPhone } from './lab-state.ts'

/** A desk phone: call, be called, hold, hang up, do not disturb, unplug. */
export function PhoneCard({ phone, act }: { phone: LabPhone; act: Act }) {
  const face = useFace(phone)
  const { extension } = phone
  const { lab: said } = words().person
  return (
    <LabCard icon={<DialpadRegular />} title={said.phone} aside={said.extension(extension)} face={face}>
      <LabKeys>
        <CallKeys phone={phone} act={act} />
      </LabKeys>
      <LabKeys>
        <Switch
          label={words().codes.states.doNotDisturb}
          checked={phone.dnd}
          onChange={(_, { checked }) => act(lab.setPhone(extension, 'dnd', checked))}
        />
        <Switch
          label={said.registered}
          checked={phone.registered}
          onChange={(_, { checked }) => act(lab.setPhone(extension, 'registered', checked))}
        />
      </LabKeys>
    </LabCard>
  )
}

function CallKeys({ phone, act }: { phone: LabPhone; act: Act }) {
  const { extension, legs } = phone
  const { lab: said } = words().person
  const busy = legs.length > 0
  const incoming = legs.some(({ state, direction }) => state === 'ringing' && direction === 'inbound')
  const held = legs.some(({ state }) => state === 'held')
  const talking = legs.some(({ state }) => state === 'talking')
  if (!busy) {
    const call = (body: object) => () => act(lab.phone(extension, 'call', body))
    return (
      <>
        <Button
          appearance="primary"
          icon={<CallOutboundRegular />}
          disabled={!phone.registered}
          onClick={call({ direction: 'outbound', party: 'external', answer: true })}
        >
          {said.callOut}
        </Button>
        <Button
          icon={<CallInboundRegular />}
          disabled={!phone.registered}
          onClick={call({ direction: 'inbound', party: 'external', answer: false })}
        >
          {said.incoming}
        </Button>
      </>
    )
  }
  return (
    <>
      {incoming && (
        <Button
          appearance="primary"
          icon={<CallRegular />}
          onClick={() => act(lab.phone(extension, 'answer'))}
        >
          {said.answer}
        </Button>
      )}
      {talking && (
        <Button icon={<PauseRegular />} onClick={() => act(lab.phone(extension, 'hold', { on: true }))}>
          {said.hold}
        </Button>
      )}
      {held && (
        <Button icon={<PlayRegular />} onClick={() => act(lab.phone(extension, 'hold', { on: false }))}>
          {said.resume}
        </Button>
      )}
      <Button icon={<CallEndRegular />} onClick={() => act(lab.phone(extension, 'hangup'))}>
        {said.hangUp}
      </Button>
    </>
  )
}

function useFace({ legs, dnd, registered }: LabPhone) {
  const now = useNow()
  const { codes } = words()
  const { lab: said } = words().person
  const show = (kind: StateKind, big: string, small: string) => ({
    icon: <StateIcon kind={kind} />,
    big,
    small,
  })
  const leg = legs.find(({ state }) => state === 'talking') ?? legs[0]
  if (leg) {
    const more = legs.length > 1 ? said.andMore(legs.length - 1) : ''
    const since = leg.since === undefined ? '' : `, ${durationText(leg.since, now)}`
    const where = leg.direction === 'inbound' ? said.callFrom : said.callTo
    return show('inACall', said.legs[leg.state], `${where(leg.number ?? said.outside)}${more}${since}`)
  }
  if (!registered) return show('offline', codes.ownLabels['Not registered'], said.unplugged)
  if (dnd) return show('doNotDisturb', codes.states.doNotDisturb, said.keyLit)
  return show('available', codes.ownLabels.Idle, said.onHook)
}
