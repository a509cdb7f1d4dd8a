import { child, type Element } from '../kit/sip/xml.ts'
import { deviceNumber } from './decode.ts'

/** One device of SwitchingFunctionDevices. */
export interface DeviceEntry {
  readonly number: string
  readonly name: string | undefined
  /** Something that people sit at, as far as the system tells. */
  readonly station: boolean
}

/** Reads one segment; a device without a number is left out. */
export function readDevices(segment: Element): readonly DeviceEntry[] {
  return (child(segment, 'deviceList')?.children ?? []).flatMap((device): DeviceEntry[] => {
    const number = deviceNumber(device, 'deviceID') ?? deviceNumber(device, 'deviceIdentifier')
    if (number === undefined) return []
    const category = child(device, 'deviceCategory')?.text.trim() ?? ''
    const name = child(device, 'deviceName')?.text.trim() || undefined
    return [{ number, name, station: category === '' || category.toLowerCase() === 'station' }]
  })
}
