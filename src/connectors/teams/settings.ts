import { ConnectorFailure } from '../../core/connector.ts'
import { parseBaseUrl } from '../kit/base-url.ts'
import { nameClient } from '../kit/client-name.ts'
import type { TeamsConfig } from './config.ts'

/** The configuration with every default filled in and every rule checked that a schema cannot state. */
export interface Settings {
  readonly entraTenantId: string
  readonly clientId: string
  readonly secret: string | undefined
  /** The day is configured on which the secret ends. */
  readonly secretEndKnown: boolean
  readonly certificate: NonNullable<TeamsConfig['certificate']> | undefined
  /** Another application that writes. */
  readonly writer: Pick<Settings, 'clientId' | 'secret' | 'secretEndKnown' | 'certificate'> | undefined
  /** Root with version, without slash at the end. */
  readonly graphUrl: string
  readonly loginUrl: string
  /** The one scope of client credentials: every application permission that was granted on Graph. */
  readonly scope: string
  readonly callLifeMs: number
  readonly dndAs: 'preferred' | 'presenting'
  readonly requestsPer30s: number
  readonly ceiling: number
  readonly batchWrites: boolean
  readonly sweepMs: number
  readonly peoplePerSecond: number
  readonly read: { readonly guests: boolean; readonly aliases: boolean; readonly licences: boolean }
}

/** The applications as which it signs in at an organisation, that of the hub first; see ConnectorDefinition.countedAs. */
export function nameClients({ graphUrl, entraTenantId, clientId, writer }: Settings): readonly string[] {
  const clients = writer ? [clientId, writer.clientId] : [clientId]
  return clients.map((client) => nameClient('graph', graphUrl, entraTenantId, client).toLowerCase())
}

/** Roots of the clouds (learn.microsoft.com/graph/deployments). */
const clouds = {
  global: { graph: 'https://graph.microsoft.com', login: 'https://login.microsoftonline.com' },
  'gcc-high': { graph: 'https://graph.microsoft.us', login: 'https://login.microsoftonline.us' },
  dod: { graph: 'https://dod-graph.microsoft.us', login: 'https://login.microsoftonline.us' },
} as const

const sharedTenants = ['common', 'organizations', 'consumers']

function checkCredential(config: Pick<TeamsConfig, 'certificate' | 'clientSecret'>): void {
  const { certificate, clientSecret } = config
  if (clientSecret && certificate) {
    throw new ConnectorFailure('misconfigured', 'clientSecret and certificate are both set.', {
      fix: 'Keep one of the two.',
    })
  }
  if (!clientSecret && !certificate) {
    throw new ConnectorFailure('misconfigured', 'Neither clientSecret nor certificate is set.', {
      fix: 'Create a client secret (or upload a certificate) in the app registration and configure it here.',
    })
  }
  const whole =
    !certificate || (certificate.certFile && certificate.keyFile) || (certificate.cert && certificate.key)
  if (!whole) {
    throw new ConnectorFailure('misconfigured', 'certificate is incomplete.', {
      fix: 'Set certFile and keyFile, or cert and key.',
    })
  }
}

/** Throws ConnectorFailure (misconfigured) with the setting and the fix. */
export function resolveSettings(config: TeamsConfig): Settings {
  // Left out only where it is the operator's application, and nobody's consent was confirmed.
  if (!config.entraTenantId) {
    throw new ConnectorFailure(
      'auth-failed',
      'No consent of an administrator of Microsoft 365 was confirmed yet.',
      {
        fix: 'Make a consent link, have an administrator of Microsoft 365 open it, and confirm what comes of it.',
      },
    )
  }
  if (sharedTenants.includes(config.entraTenantId.toLowerCase())) {
    throw new ConnectorFailure(
      'misconfigured',
      `entraTenantId: "${config.entraTenantId}" stands for every tenant; an application signs in to one.`,
      { fix: 'Use the tenant id shown on the overview page of Microsoft Entra.' },
    )
  }
  checkCredential(config)
  if (config.writer) checkCredential(config.writer)
  const cloud = clouds[config.cloud ?? 'global']
  const graph = config.graphUrl ? parseBaseUrl(config.graphUrl, 'graphUrl') : cloud.graph
  const requestsPer30s = config.requestsPer30s ?? 1200
  return {
    entraTenantId: config.entraTenantId,
    clientId: config.clientId,
    secret: config.clientSecret,
    secretEndKnown: config.clientSecretExpires !== undefined,
    certificate: config.certificate,
    writer: config.writer && {
      clientId: config.writer.clientId,
      secret: config.writer.clientSecret,
      secretEndKnown: config.writer.clientSecretExpires !== undefined,
      certificate: config.writer.certificate,
    },
    graphUrl: /\/v1\.0$/.test(graph) ? graph : `${graph}/v1.0`,
    loginUrl: config.loginUrl ? parseBaseUrl(config.loginUrl, 'loginUrl') : cloud.login,
    scope: `${cloud.graph}/.default`,
    callLifeMs: (config.callLife ?? 900) * 1000,
    dndAs: config.dndAs ?? 'preferred',
    requestsPer30s,
    ceiling: Math.max(requestsPer30s, config.requestsPer30sCeiling ?? 1400),
    batchWrites: config.batchWrites ?? true,
    sweepMs: (config.sweep?.minimumSeconds ?? 2) * 1000,
    peoplePerSecond: config.sweep?.peoplePerSecond ?? 30_000,
    read: {
      guests: config.read?.guests ?? false,
      aliases: config.read?.aliases ?? false,
      licences: config.read?.licences ?? false,
    },
  }
}
