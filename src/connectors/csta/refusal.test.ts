import { expect, test } from 'vitest'
import { parseXml } from '../kit/sip/xml.ts'
import { CstaSilence, kindOf, outcomeOf, refusalOf } from './refusal.ts'

const refusal = (inner: string) => refusalOf('Service', parseXml(`<CSTAErrorCode>${inner}</CSTAErrorCode>`)!)

test.each([
  ['<operation>invalidDeviceID</operation>', 'unknownDevice', 'rejected'],
  ['<operation>invalidMonitorObject</operation>', 'unknownDevice', 'rejected'],
  ['<operation>serviceNotSupported</operation>', 'unsupported', 'rejected'],
  ['<security>requestIsNotAuthorized</security>', 'denied', 'rejected'],
  ['<operation>privilegeViolationOnSpecifiedDevice</operation>', 'denied', 'rejected'],
  ['<subscribedResource>objectMonitorLimitExceeded</subscribedResource>', 'limit', 'rejected'],
  ['<subscribedResource>outstandingReqLimitExceeded</subscribedResource>', 'busy', 'deferred'],
  ['<systemResource>resourceBusy</systemResource>', 'busy', 'deferred'],
  ['<systemResource><deviceOutOfService/></systemResource>', 'outOfService', 'deferred'],
  ['<performanceManagement>performanceLimitExceeded</performanceManagement>', 'busy', 'deferred'],
  ['<unspecified/>', 'other', 'failed'],
  ['<privateErrorCode>URM Denied</privateErrorCode>', 'denied', 'rejected'],
  ['something', 'other', 'failed'],
])('%s is %s, and a write is %s', (inner, kind, outcome) => {
  expect(kindOf(refusal(inner))).toBe(kind)
  expect(outcomeOf(refusal(inner), '1001').kind).toBe(outcome)
})

test('where no answer came, nobody knows whether it was done', () => {
  expect(outcomeOf(new CstaSilence('SetDoNotDisturb', 'gone'), '1001').kind).toBe('failed')
})
