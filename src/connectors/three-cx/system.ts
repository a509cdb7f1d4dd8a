import { ConnectorFailure } from '../../core/connector.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import { type Api, asFailure } from './api.ts'

/** The PBX as `SystemStatus` describes it. */
export interface SystemStatus {
  /** `20.0.10.1042` */
  readonly version: string | undefined
  readonly productCode: string | undefined
  readonly licenseActive: boolean | undefined
}

/** The first version with the APIs used here. */
const oldest = 20

/** Throws ConnectorFailure: where it cannot be read, and where the PBX is too old or its licence has ended. */
export async function readSystem(api: Api): Promise<SystemStatus> {
  const path = '/xapi/v1/SystemStatus'
  const reply = await api.send({ priority: 'settle', method: 'GET', path })
  if (reply.kind !== 'ok') throw asFailure(reply, 'the system status')
  const { Version, ProductCode, LicenseActive } = fieldsOf(reply.json)
  const version = textOf(Version)
  if (version !== undefined && Number.parseInt(version, 10) < oldest) {
    throw new ConnectorFailure('misconfigured', `This 3CX is version ${version}, which is too old.`, {
      fix: 'Update to V20. With V18, use the SIP connector for busy lamps.',
    })
  }
  if (LicenseActive === false) {
    throw new ConnectorFailure('misconfigured', 'The licence of this 3CX is not active.', {
      fix: 'Activate or renew it in Admin Console, Dashboard.',
    })
  }
  return {
    version,
    productCode: textOf(ProductCode),
    licenseActive: typeof LicenseActive === 'boolean' ? LicenseActive : undefined,
  }
}
