import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type AmiMessage, FrameReader } from './frames.ts'
import { TrustGate } from './trust.ts'

function gateWithProof() {
  const proofs: (() => void)[] = []
  let doubts = 0
  const gate = new TrustGate({
    prove: () => new Promise((resolve) => proofs.push(resolve)),
    doubt: () => {
      doubts += 1
    },
  })
  return { gate, proofs, doubts: () => doubts }
}

const event = (name: string): AmiMessage => ({ kind: 'event', name, headers: new Map() })
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('which live events are believed', () => {
  test('the recorded hostile message forges nothing', async () => {
    const bytes = readFileSync(
      new URL('../../../test/fixtures/asterisk/hostile-presence.ami', import.meta.url),
    )
    const { gate, proofs, doubts } = gateWithProof()
    const messages = new FrameReader()
      .push(bytes)
      .flatMap((frame) => (frame.type === 'message' ? [frame.message] : []))
    expect(messages.map((message) => message.name)).toContain('ExtensionStatus')
    const believed = messages.filter((message) => gate.admits(message)).map((message) => message.name)
    expect(believed).toEqual(['FullyBooted', 'PresenceStateChange'])
    proofs[0]?.()
    await turn()
    expect(doubts()).toBe(1)
    expect(gate.admits(event('DeviceStateChange'))).toBe(true)
  })

  test('an ordinary message costs one question and no reading', async () => {
    const { gate, proofs, doubts } = gateWithProof()
    expect(gate.admits(event('PresenceStatus'))).toBe(false)
    proofs[0]?.()
    await turn()
    expect(proofs).toHaveLength(1)
    expect(doubts()).toBe(0)
  })

  test('without the proof nothing more is believed', async () => {
    const { gate, proofs } = gateWithProof()
    gate.admits(event('PresenceStatus'))
    for (let count = 0; count < 3; count += 1) expect(gate.admits(event('Newchannel'))).toBe(false)
    expect(gate.admits(event('PresenceStatus'))).toBe(false)
    expect(proofs).toHaveLength(1)
  })
})
