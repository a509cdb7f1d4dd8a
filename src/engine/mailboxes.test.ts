import { expect, it, vi } from 'vitest'
import { newActor } from './actor.ts'
import { Mailboxes } from './mailboxes.ts'

it('lets so many turns wait for the store, goes on when it has taken half of them, and forgets nobody', async () => {
  const done: (() => void)[] = []
  const taken = new Map<string, number>()
  const mailboxes = new Mailboxes((actor, inputs) => {
    taken.set(actor.presentity.id, (taken.get(actor.presentity.id) ?? 0) + inputs.length)
    return new Promise((resolve) => done.push(resolve))
  })
  const actors = Array.from({ length: 5000 }, (_, number) => {
    const id = String(number)
    return newActor({ tenant: 'contoso', id, upn: id, displayName: id, points: [] }, 0)
  })
  for (const actor of actors) mailboxes.post(actor, { type: 'release' })
  await vi.waitFor(() => expect(taken.size).toBe(2000))
  mailboxes.post(actors[4999]!, { type: 'release' })
  for (const finish of done.splice(0, 999)) finish()
  await new Promise((resolve) => setImmediate(resolve))
  expect(taken.size).toBe(2000)
  expect(mailboxes.backlog).toBe(4001)
  for (const finish of done.splice(0, 1)) finish()
  await vi.waitFor(() => expect(taken.size).toBe(3000))
  let idle = false
  void mailboxes.idle().then(() => {
    idle = true
  })
  await vi.waitFor(() => {
    for (const finish of done.splice(0)) finish()
    expect(idle).toBe(true)
  })
  expect(taken.size).toBe(5000)
  expect(taken.get('4999')).toBe(2)
})
