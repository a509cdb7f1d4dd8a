import { expect, it } from 'vitest'
import type { Voice } from '../core/decide.ts'
import { defaultSwitches } from '../core/policy.ts'
import { DO_NOT_DISTURB, IN_A_CALL } from '../core/presence.ts'
import type { Presentity } from '../core/presentity.ts'
import { changePauses, withoutPaused } from './pause.ts'

const anna = (): Presentity => ({ tenant: 't', id: 'anna', upn: 'anna', displayName: 'Anna', points: [] })

const voice = (link: string, kind: 'condition' | 'choice', at: number): Voice => ({
  ...{ link, kind, at, from: 'a', address: '1', row: 0, text: kind, switches: defaultSwitches },
  act: 'set',
  state: kind === 'choice' ? DO_NOT_DISTURB : IN_A_CALL,
})

const both = [voice('a to b', 'condition', 10), voice('a to b', 'choice', 10), voice('c to b', 'choice', 10)]

const spoken = (person: Presentity, now: number) =>
  withoutPaused(both, person, now).voices.map(({ link, kind }) => `${link} ${kind}`)

it('lets nothing through while it lasts, and says why', () => {
  const person = anna()
  changePauses(person, { begin: { link: undefined, until: 200 } }, 100)
  const { voices, lost } = withoutPaused(both, person, 150)
  expect(voices).toEqual([])
  expect(lost.map(({ because }) => because)).toEqual(
    new Array(3).fill('sync is paused until 1970-01-01 00:00 UTC'),
  )
})

it('lets conditions through at its end, and choices that were made after it', () => {
  const person = anna()
  changePauses(person, { begin: { link: undefined, until: 200 } }, 100)
  expect(spoken(person, 200)).toEqual(['a to b condition'])
  const later = [voice('a to b', 'choice', 150), voice('a to b', 'choice', 201)]
  expect(withoutPaused(later, person, 300).voices.map(({ at }) => at)).toEqual([201])
})

it('touches one link only where it is of one', () => {
  const person = anna()
  changePauses(person, { begin: { link: 'a to b', until: undefined } }, 100)
  expect(spoken(person, 150)).toEqual(['c to b choice'])
  changePauses(person, { end: { link: undefined } }, 160)
  expect(spoken(person, 160)).toEqual(['a to b condition', 'c to b choice'])
})

it('costs nothing for everyone who never paused', () => {
  const { voices, lost } = withoutPaused(both, anna(), 150)
  expect([voices, lost]).toEqual([both, []])
})
