import { expect, test } from 'vitest'
import type { RingChannel } from '../../core/ring-channel.ts'
import { formatReachability } from './ring.ts'

const person = {
  tenant: 'contoso',
  id: 'anna',
  upn: 'anna@contoso.example',
  displayName: 'Anna\u001b[2J Keller',
}
const phone: RingChannel = {
  ...{ kind: 'phone', connector: 'pbx', address: '1001', via: 'direct' },
  ...{ inbound: 'no', outbound: 'yes', because: 'do not disturb is on', until: 90_000 },
}

test('the answer as text, without what could steer a terminal', () => {
  const channels: readonly RingChannel[] = [
    phone,
    {
      ...phone,
      kind: 'softphone',
      connector: 'teams',
      via: 'internal',
      inbound: 'yes',
      outbound: 'no',
      because: 'x',
    },
  ]
  expect(formatReachability({ ...person, at: 0, callBackUntil: 3_600_000, channels }).split('\n')).toEqual([
    'Anna [2J Keller <anna@contoso.example>, tenant contoso: will it ring?',
    '  An emergency number was called: nothing of ours silences the phones for 1 h 0 min.',
    '  pbx 1001: no (for 1 min 30 s at most, unless prolonged), because do not disturb is on',
    '  softphone of teams 1001, internal: yes (for 1 min 30 s at most, unless prolonged), because x; calls out: no',
    '',
  ])
})

test('a person without any address', () => {
  expect(formatReachability({ ...person, at: 0, channels: [] })).toContain('nothing that could ring')
})
