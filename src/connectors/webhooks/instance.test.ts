import { expect, test } from 'vitest'
import { inMemory, recordingContext } from '../../../test/contract/context.ts'
import { LabClock } from '../../lab/clock.ts'
import { webhook } from './definition.ts'

const secret = 'a-secret-of-the-contact-centre'
const turn = () => new Promise((resolve) => setImmediate(resolve))
const anna = 'anna@contoso.example'

test('what is still being taken when the connector stops is not acknowledged: the next hub may have read before it came', async () => {
  const stored = inMemory()
  const waiting: (() => void)[] = []
  const memory = {
    ...stored,
    set: async (key: string, value: never) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      await stored.set(key, value)
    },
  }
  const { context } = recordingContext({ clock: new LabClock({ running: false }), memory })
  const instance = webhook.create(
    { secrets: [secret], proof: 'header', secretHeader: 'x-secret', states: { Talking: 'busy/inACall' } },
    context,
  )
  await instance.start([anna])
  const deliver = (state: string) =>
    instance.receive!({
      ...{ method: 'POST', path: '', query: {}, headers: { 'x-secret': secret } },
      body: Buffer.from(JSON.stringify({ person: anna, state })),
    })
  const answers = [deliver('Talking'), deliver('Talking')]
  await turn()
  const stopped = instance.stop()
  for (let turns = 0; turns < 10; turns += 1) {
    for (const resolve of waiting.splice(0)) resolve()
    await turn()
  }
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([503, 503])
  await stopped
})
