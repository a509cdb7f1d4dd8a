import type { FastifyInstance } from 'fastify'
import { Body } from './body.ts'
import type { ControlWorld } from './world.ts'

interface PhonePath {
  readonly Params: { readonly extension: string }
}

/** What a person does at a phone. Every answer carries `at`, the wall clock of the act in milliseconds. */
export function addPhoneRoutes(app: FastifyInstance, { phones, clock }: ControlWorld): void {
  const at = '/lab/phones/:extension'
  app.post<PhonePath>(`${at}/call`, async (request) => {
    const body = new Body(request.body, ['to', 'party', 'answer', 'direction'])
    const to = body.text('to')
    const party = body.oneOf('party', ['external', 'internal'])
    const answer = body.flag('answer')
    const direction = body.oneOf('direction', ['outbound', 'inbound'])
    const done = clock.wall()
    const call = phones.start({
      extension: request.params.extension,
      ...(to !== undefined && { to }),
      ...(party && { party }),
      ...(direction && { direction }),
      ...(answer !== undefined && { answer }),
    })
    return { call: call.id, legs: call.legs, at: done }
  })
  app.post<PhonePath>(`${at}/answer`, async (request) => {
    const done = clock.wall()
    const call = phones.answer(request.params.extension)
    return { call: call.id, legs: call.legs, at: done }
  })
  app.post<PhonePath>(`${at}/hold`, async (request) => {
    const on = new Body(request.body, ['on']).mustFlag('on')
    const done = clock.wall()
    const call = phones.hold(request.params.extension, on)
    return { call: call.id, legs: call.legs, at: done }
  })
  app.post<PhonePath>(`${at}/hangup`, async (request) => {
    const call = new Body(request.body, ['call']).text('call')
    const done = clock.wall()
    return { calls: phones.hangup(request.params.extension, call).map(({ id }) => id), at: done }
  })
  app.post('/lab/phones/ring', async (request) => {
    const body = new Body(request.body, ['extensions', 'from'])
    const done = clock.wall()
    const call = phones.ring(body.texts('extensions') ?? [], body.text('from'))
    return { call: call.id, legs: call.legs, at: done }
  })
  app.post<PhonePath>(`${at}/transfer`, async (request) => {
    const to = new Body(request.body, ['to']).mustText('to')
    const done = clock.wall()
    const call = phones.transfer(request.params.extension, to)
    return { call: call.id, legs: call.legs, at: done }
  })
  app.post<PhonePath>(`${at}/park`, async (request) => {
    const done = clock.wall()
    const call = phones.park(request.params.extension)
    return { call: call.id, legs: call.legs, at: done }
  })
  app.post<PhonePath>(`${at}/pick-up`, async (request) => {
    const parked = new Body(request.body, ['call']).mustText('call')
    const done = clock.wall()
    const call = phones.pickUp(request.params.extension, parked)
    return { call: call.id, legs: call.legs, at: done }
  })
  app.put<PhonePath>(`${at}/dnd`, async (request) => {
    const on = new Body(request.body, ['on']).mustFlag('on')
    const done = clock.wall()
    return { ...phones.setDnd(request.params.extension, on, 'phone'), at: done }
  })
  app.put<PhonePath>(`${at}/registered`, async (request) => {
    const on = new Body(request.body, ['on']).mustFlag('on')
    const done = clock.wall()
    return { ...phones.setRegistered(request.params.extension, on), at: done }
  })
}
