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
import { useNow } from '../live/now.ts'
import { durationText } from '../words/time.ts'
import { LabCard, LabKeys } from './lab-card.tsx'
import { type Act, lab } from './lab-client.ts'
import type { LabLeg, LabPhone } from './lab-state.ts'

/** A desk phone: call, be called, hold, hang up, do not disturb, unplug. */
export function PhoneCard({ phone, act }: { phone: LabPhone; act: Act }) {
  const face = useFace(phone)
  const { extension } = phone
  return (
    <LabCard icon={<DialpadRegular />} title="Phone" aside={`Extension ${extension}`} face={face}>
      <LabKeys>
        <CallKeys phone={phone} act={act} />
      </LabKeys>
      <LabKeys>
        <Switch
          label="Do not disturb"
          checked={phone.dnd}
          onChange={(_, { checked }) => act(lab.setPhone(extension, 'dnd', checked))}
        />
        <Switch
          label="Registered"
          checked={phone.registered}
          onChange={(_, { checked }) => act(lab.setPhone(extension, 'registered', checked))}
        />
      </LabKeys>
    </LabCard>
  )
}

function CallKeys({ phone, act }: { phone: LabPhone; act: Act }) {
  const { extension, legs } = phone
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
          Call out
        </Button>
        <Button
          icon={<CallInboundRegular />}
          disabled={!phone.registered}
          onClick={call({ direction: 'inbound', party: 'external', answer: false })}
        >
          Incoming call
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
          Answer
        </Button>
      )}
      {talking && (
        <Button icon={<PauseRegular />} onClick={() => act(lab.phone(extension, 'hold', { on: true }))}>
          Hold
        </Button>
      )}
      {held && (
        <Button icon={<PlayRegular />} onClick={() => act(lab.phone(extension, 'hold', { on: false }))}>
          Resume
        </Button>
      )}
      <Button icon={<CallEndRegular />} onClick={() => act(lab.phone(extension, 'hangup'))}>
        Hang up
      </Button>
    </>
  )
}

const legWords: Record<LabLeg['state'], string> = { ringing: 'Ringing', talking: 'Talking', held: 'On hold' }

function useFace({ legs, dnd, registered }: LabPhone) {
  const now = useNow()
  const show = (kind: StateKind, big: string, small: string) => ({
    icon: <StateIcon kind={kind} />,
    big,
    small,
  })
  const leg = legs.find(({ state }) => state === 'talking') ?? legs[0]
  if (leg) {
    const more = legs.length > 1 ? ` and ${legs.length - 1} more` : ''
    const since = leg.since === undefined ? '' : `, ${durationText(leg.since, now)}`
    const where = leg.direction === 'inbound' ? 'Call from' : 'Call to'
    return show('inACall', legWords[leg.state], `${where} ${leg.number ?? 'outside'}${more}${since}`)
  }
  if (!registered) return show('offline', 'Not registered', 'Unplugged: calls do not reach it')
  if (dnd) return show('doNotDisturb', 'Do not disturb', 'The key is lit; calls are turned away')
  return show('available', 'Idle', 'On the hook')
}
