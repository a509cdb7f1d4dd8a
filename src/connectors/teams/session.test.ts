import { expect, test } from 'vitest'
import { recordingContext } from '../../../test/contract/context.ts'
import { openSession } from './session.ts'
import { resolveSettings } from './settings.ts'

const settings = (entraTenantId: string) =>
  resolveSettings({ entraTenantId, clientId: '11111111-2222-3333-4444-555555555555', clientSecret: 'x' })

test('of one application in one organisation there is one budget in a hub, of another organisation another', () => {
  const { context } = recordingContext()
  const [one, two, other] = ['contoso.example', 'Contoso.example', 'fabrikam.example'].map((organisation) =>
    openSession(settings(organisation), context),
  )
  expect(two!.queue.budget).toBe(one!.queue.budget)
  expect(other!.queue.budget).not.toBe(one!.queue.budget)
  expect(two!.queue).not.toBe(one!.queue)
  for (const session of [one, two, other]) session!.close()
})

test('of several hubs each takes its part of the budget, as many as there are now', () => {
  const { context } = recordingContext()
  let hubs = 1
  const session = openSession(settings('contoso.example'), { ...context, hubsOf: () => hubs })
  const { budget } = session.queue
  const whole = budget.limit
  hubs = 3
  expect(budget.limit).toBe(Math.floor(whole / 3))
  const now = context.clock.monotonic()
  let sent = 0
  while (budget.take('write', now)) sent += 1
  expect(sent).toBeGreaterThan(0)
  expect(sent).toBeLessThanOrEqual(Math.floor(whole / 3))
  session.close()
})
