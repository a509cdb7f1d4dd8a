import Manager from 'asterisk-manager'
import { expect, test } from 'vitest'
import { labAmiUser } from '../../src/lab/asterisk/server.ts'
import { reader, startPbx } from './asterisk-world.ts'
import { until } from './support/child.ts'

type Message = Readonly<Record<string, string>>

/** A client of others (asterisk-manager), signed in; what it has heard, by kinds of event. */
async function signIn(
  port: number,
  { username, secret }: { readonly username: string; readonly secret: string },
) {
  const heard: Message[] = []
  const manager = new Manager(port, '127.0.0.1', username, secret, true)
  manager.on('managerevent', (event) => heard.push(event))
  const act = (action: Message) =>
    new Promise<{ readonly refused: boolean; readonly answer: Message }>((resolve) => {
      manager.action(action, (error, answer) => resolve({ refused: error !== undefined, answer }))
    })
  const named = (name: string) => heard.filter(({ event }) => event === name)
  return { manager, act, named }
}

test('a client of others signs in, sets do not disturb, and hears of it, of a call, and of the end of a list', async () => {
  const { ami, phones } = await startPbx()
  const { manager, act, named } = await signIn(ami.port, labAmiUser)
  try {
    await until(() => named('FullyBooted').length === 1, 'the sign-in')
    expect((await act({ action: 'Ping' })).answer).toMatchObject({ response: 'Success', ping: 'Pong' })
    const dnd = { action: 'Setvar', value: 'BUSY' }
    const set = await act({ ...dnd, variable: 'DEVICE_STATE(Custom:DND1001)' })
    expect([set.refused, set.answer.message]).toEqual([false, 'Variable Set'])
    await until(
      () =>
        named('DeviceStateChange').some(
          ({ device, state }) => device === 'Custom:DND1001' && state === 'BUSY',
        ),
      'do not disturb',
    )
    expect((await act({ action: 'DBPut', family: 'DND', key: '1001', val: 'YES' })).refused).toBe(false)
    await act({ action: 'DBGet', family: 'DND', key: '1001' })
    await until(() => named('DBGetResponse').some(({ val }) => val === 'YES'), 'the value')
    phones.start({ extension: '1002', direction: 'inbound', to: '+14255550100', answer: false })
    await until(
      () => named('Newchannel').some(({ channel = '' }) => channel.startsWith('PJSIP/1002-')),
      'a call',
    )
    await act({ action: 'CoreShowChannels' })
    await until(() => named('CoreShowChannelsComplete').length === 1, 'the end of the list')
    const { eventlist, listitems } = named('CoreShowChannelsComplete')[0]!
    expect([eventlist, listitems]).toEqual(['Complete', String(named('CoreShowChannel').length)])
    phones.hangup('1002')
    await until(
      () => named('Hangup').some(({ channel = '' }) => channel.startsWith('PJSIP/1002-')),
      'the end',
    )
  } finally {
    manager.disconnect()
    await ami.stop()
  }
})

test('a client of others is told what it may not do, and of a wrong secret', async () => {
  const { ami } = await startPbx()
  const allowed = await signIn(ami.port, reader)
  const refused = new Manager(ami.port, '127.0.0.1', 'reader', 'wrong', false)
  const told = new Promise<Message>((resolve) => refused.once('response', resolve))
  try {
    const put = await allowed.act({ action: 'DBPut', family: 'DND', key: '1001', val: 'YES' })
    expect([put.refused, put.answer.message]).toEqual([true, 'Permission denied'])
    expect(await told).toMatchObject({ response: 'Error', message: 'Authentication failed' })
  } finally {
    allowed.manager.disconnect()
    refused.disconnect()
    await ami.stop()
  }
})
