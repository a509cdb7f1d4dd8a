import { readConfigFile } from '../../config/load.ts'
import { maskSecrets } from '../../config/mask-secrets.ts'
import type { ConfigPort, ConfigRefused } from '../../core/config-port.ts'
import type { HubInside } from './hub-configuration.ts'
import { planLinks } from './link-plan.ts'
import { describeSchemas } from './schemas.ts'
import { noTenant } from './stored-words.ts'

const byCommand =
  'Sign in with "hookswitch connectors sign-in CONNECTOR" on this machine, and write what it prints into the file.'

type Inside = Pick<HubInside, 'registry' | 'running'>

/** The configuration of a hub that was started with a file: it can be looked at, and is changed in the file. */
export function readOnlyConfig(file: string, { registry, running }: Inside): ConfigPort {
  const refused: ConfigRefused = {
    refused: 'readOnly',
    detail: `The configuration comes from the file ${file}. Change it there and send the hub a SIGHUP, or start it without --config.`,
  }
  const refuse = async () => refused
  let shown = maskSecrets(readConfigFile(file), registry)
  return {
    source: 'file',
    read: () => {
      try {
        shown = maskSecrets(readConfigFile(file), registry)
      } catch {
        // Half written, or gone: the hub goes on with what it has read, and so does this.
      }
      return { source: 'file', file, ...shown }
    },
    schemas: () => describeSchemas(registry),
    check: () => refused,
    checkItem: () => refused,
    save: refuse,
    put: refuse,
    putPart: refuse,
    checkPart: () => refused,
    delete: refuse,
    versions: () => [],
    version: async () => undefined,
    rollback: refuse,
    rollBackTenant: refuse,
    trial: refuse,
    links: (id) => {
      const tenant = running().find((one) => one.id === id)
      return tenant ? planLinks(tenant, registry) : noTenant(id)
    },
    tryLinks: refuse,
    signIn: refuse,
    beginSignIn: () => ({
      ...refused,
      detail: `The configuration comes from the file ${file}. ${byCommand}`,
    }),
    endSignIn: refuse,
    rotateKeys: refuse,
  }
}
