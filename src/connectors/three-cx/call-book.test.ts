import { expect, test } from 'vitest'
import { CallBook } from './call-book.ts'
import { type Participant, readParticipant } from './participants.ts'

const participant = (id: string, status: string): Participant => readParticipant({ id, status, dn: '101' })!
type Answer = Participant | 'gone' | 'failed'

function book() {
  const questions: ((answer: Answer) => void)[] = []
  let failures = 0
  const made = new CallBook({
    read: () => new Promise((resolve) => void questions.push(resolve)),
    changed() {},
    failed: () => {
      failures += 1
    },
  })
  const answer = async (given: Answer) => {
    questions.shift()!(given)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const ask = (attached?: Participant) => made.ask({ dn: '101', id: '7', participant: attached })
  const shown = () => made.of('101').map(({ id, status }) => `${id} ${status}`)
  return { made, answer, ask, shown, open: () => questions.length, failures: () => failures }
}

test('an answer that is older than the last event is asked for again', async () => {
  const { answer, ask, shown, open } = book()
  ask()
  ask()
  ask()
  expect(open()).toBe(1)
  await answer(participant('7', 'Ringing'))
  expect([shown(), open()]).toEqual([[], 1])
  await answer(participant('7', 'Connected'))
  expect([shown(), open()]).toEqual([['7 Connected'], 0])
})

test('an answer about what has been removed meanwhile is not believed', async () => {
  const { made, answer, ask, shown } = book()
  ask()
  made.remove('101', '7')
  await answer(participant('7', 'Connected'))
  expect(shown()).toEqual([])
  ask()
  await answer('gone')
  expect(shown()).toEqual([])
})

test('what arrives while everything is read comes after it', async () => {
  const { made, answer, ask, shown } = book()
  ask()
  made.beginReading()
  await answer(participant('7', 'Connected'))
  made.remove('101', '7')
  ask(participant('8', 'Ringing'))
  expect(shown()).toEqual([])
  made.endReading([{ dn: '101', participants: [participant('7', 'Connected')] }])
  expect(shown()).toEqual(['8 Ringing'])
  expect(made.knows('102')).toBe(false)
})

test('a reading that failed changes nothing, and a question that failed asks for one', async () => {
  const { made, answer, ask, shown, failures } = book()
  made.beginReading()
  made.endReading([{ dn: '101', participants: [participant('7', 'Connected')] }])
  made.beginReading()
  made.endReading(undefined)
  ask()
  await answer('failed')
  expect([shown(), failures()]).toEqual([['7 Connected'], 1])
})
