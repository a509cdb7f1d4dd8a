import { afterEach, describe, expect, test } from 'vitest'
import type { AsteriskConfig } from '../../src/connectors/asterisk/config.ts'
import { asterisk } from '../../src/connectors/asterisk/definition.ts'
import type { ConnectorInstance } from '../../src/core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { recordingContext } from '../contract/context.ts'

/**
 * HOOKSWITCH_TEST_AMI=host:port:user:secret, and HOOKSWITCH_TEST_EXTENSION for an extension whose do not disturb may
 * be switched (default 1001). It is left as it was found. Without the first, vitest.config.ts leaves this file out.
 */
const target = process.env.HOOKSWITCH_TEST_AMI ?? ''
const address = process.env.HOOKSWITCH_TEST_EXTENSION ?? '1001'

function readTarget(text: string): AsteriskConfig {
  const [host = '', port = '', username = '', ...secret] = text.split(':')
  return { host, port: Number(port), username, secret: secret.join(':') }
}

const config = readTarget(target)
let instance: ConnectorInstance | undefined
afterEach(async () => {
  await instance?.stop()
  instance = undefined
})

const started = async () => {
  const recording = recordingContext()
  instance = asterisk.create(config, recording.context)
  await instance.start([address])
  return { instance, recording }
}

describe(`a real Asterisk at ${config.host}`, () => {
  test('check finds no error', async () => {
    const findings = await asterisk.check(config, recordingContext().context)
    expect(findings.filter((each) => each.level === 'error')).toEqual([])
  })

  test('a snapshot, nothing malformed, and a clean end', async () => {
    const { instance, recording } = await started()
    expect(recording.health()?.state).toBe('up')
    expect(recording.feeds.observations(address).length).toBeGreaterThan(0)
    await instance.stop()
    expect(recording.pendingTimers()).toBe(0)
    expect(recording.counted('asterisk_malformed_messages')).toBe(0)
    expect(recording.feeds.violations).toEqual([])
  })

  test('do not disturb is set, heard, read back and restored', async () => {
    const { instance, recording } = await started()
    const before = recording.feeds.dnd(address) ?? false
    const publish = (on: boolean) =>
      instance.publish!({
        id: `real-${on}`,
        address,
        slot: 'dnd',
        act: on ? 'assert' : 'withdraw',
        state: on ? DO_NOT_DISTURB : AVAILABLE,
        refresh: false,
      })
    try {
      for (const on of [!before, before]) {
        expect(await publish(on)).toMatchObject({ kind: 'applied' })
        await expect.poll(() => recording.feeds.dnd(address), { timeout: 5000 }).toBe(on)
        expect(await publish(on)).toMatchObject({ kind: 'unchanged' })
      }
    } finally {
      await publish(before)
    }
  })

  test('a wrong secret is told as such', async () => {
    const recording = recordingContext()
    const wrong = asterisk.create({ ...config, secret: `${config.secret}x` }, recording.context)
    await expect(wrong.start([address])).rejects.toMatchObject({ kind: 'auth-failed' })
    await wrong.stop()
  })
})
