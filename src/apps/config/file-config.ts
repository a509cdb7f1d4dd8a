import { readConfigFile } from '../../config/load.ts'
import { maskSecrets } from '../../config/mask-secrets.ts'
import type { ConfigPort, ConfigRefused } from '../../core/config-port.ts'
import type { Registry } from '../registry.ts'
import { describeSchemas } from './schemas.ts'

/** The configuration of a hub that was started with a file: it can be looked at, and is changed in the file. */
export function readOnlyConfig(file: string, registry: Registry): ConfigPort {
  const refused: ConfigRefused = {
    refused: 'readOnly',
    detail: `The configuration comes from the file ${file}. Change it there and send the hub a SIGHUP, or start it without --config.`,
  }
  const refuse = async () => refused
  return {
    read: () => ({ source: 'file', file, ...maskSecrets(readConfigFile(file), registry) }),
    schemas: () => describeSchemas(registry),
    check: () => refused,
    save: refuse,
    put: refuse,
    delete: refuse,
    versions: () => [],
    version: async () => undefined,
    rollback: refuse,
    trial: refuse,
    rotateKeys: refuse,
  }
}
