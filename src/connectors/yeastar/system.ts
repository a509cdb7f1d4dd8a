import { ConnectorFailure } from '../../core/connector.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import { type Api, asFailure } from './api.ts'

export interface System {
  /** `Yeastar P550`; undefined where the PBX does not tell. */
  readonly model: string | undefined
  /** `37.20.0.21`: the first number is the edition. */
  readonly firmware: string | undefined
}

/** Without the edition: 37.7.0.16 of the Appliance, 83 of the Software and 84.7.0.17 of the Cloud Edition. */
const oldest = [7, 0, 16] as const

function isTooOld(firmware: string): boolean {
  const [, ...numbers] = firmware.split('.').map(Number)
  for (const [index, wanted] of oldest.entries()) {
    const number = numbers[index]
    if (number === undefined || Number.isNaN(number) || number > wanted) return false
    if (number < wanted) return true
  }
  return false
}

/** Throws ConnectorFailure: where it cannot be read, and where the PBX is too old. */
export async function readSystem(api: Api): Promise<System> {
  const reply = await api.send({ priority: 'settle', method: 'GET', path: 'system/information' })
  // Whoever may read extensions need not be allowed to read this.
  if (reply.kind === 'refused') return { model: undefined, firmware: undefined }
  if (reply.kind !== 'ok') throw asFailure(reply, 'description of the PBX')
  const data = fieldsOf(fieldsOf(reply.json).data)
  const [model, firmware] = [textOf(data.model_name), textOf(data.firmware_version)]
  if (firmware !== undefined && isTooOld(firmware)) {
    throw new ConnectorFailure('misconfigured', `The PBX runs firmware ${firmware}, which is too old.`, {
      fix: 'Update to 37.7.0.16 or later (Appliance and Software Edition), or 84.7.0.17 or later (Cloud Edition).',
    })
  }
  return { model, firmware }
}
