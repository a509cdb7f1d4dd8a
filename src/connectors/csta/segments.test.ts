import { expect, test } from 'vitest'
import { LabClock } from '../../lab/clock.ts'
import { parseXml } from '../kit/sip/xml.ts'
import { deviceList, Segments } from './segments.ts'

const segment = (last: boolean, crossRef = '7') =>
  parseXml(
    `<SnapshotDeviceData><serviceCrossRefID>${crossRef}</serviceCrossRefID><lastSegment>${last}</lastSegment></SnapshotDeviceData>`,
  )!

const start = () => {
  const clock = new LabClock({ running: false })
  return { clock, segments: new Segments(clock) }
}

test('all segments of one answer are read together, others stay out of it', async () => {
  const { segments } = start()
  const count = segments.collect('SnapshotDevice', '7', (found) => found.length)
  expect([segment(false), segment(true, '8'), segment(true)].map((one) => segments.take(one))).toEqual([
    true,
    true,
    true,
  ])
  expect(await count).toBe(2)
  expect(segments.take(parseXml('<HeldEvent/>')!)).toBe(false)
})

test('a list of devices needs no number, and one segment that does not say so is the last', async () => {
  const { segments } = start()
  const list = segments.collect('GetSwitchingFunctionDevices', deviceList, (found) => found.length)
  segments.take(parseXml('<SwitchingFunctionDevices/>')!)
  expect(await list).toBe(1)
})

test('an answer without an end fails, after a while or with the connection', async () => {
  const { clock, segments } = start()
  const late = segments.collect('SnapshotDevice', '7', () => {})
  segments.take(segment(false))
  clock.advance(20_000)
  await expect(late).rejects.toThrow('no end of the answer within 20 s')
  const cut = segments.collect('SnapshotDevice', '7', () => {})
  segments.end('gone')
  await expect(cut).rejects.toThrow('SnapshotDevice: gone')
  segments.take(segment(true))
})
