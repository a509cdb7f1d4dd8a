import { ConnectorFailure, type Finding } from '../../../core/connector.ts'
import { HostRefusal } from '../../../core/network.ts'
import type { Account } from './account.ts'
import { ConnectionLost, CredentialsRefused, NoAnswer } from './failures.ts'

/** Errors of node:tls about the server's certificate, and what is wrong. */
const certificateFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is signed by nobody but itself',
  ERR_TLS_CERT_ALTNAME_INVALID: 'was made for another name',
  SELF_SIGNED_CERT_IN_CHAIN: 'comes from an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes from an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'comes from an authority that is not trusted',
}

const networkFaults: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ENOTFOUND: 'there is no such host name',
  ETIMEDOUT: 'it does not answer',
}

/** What went wrong with a connection, as the failure that drives what happens next. */
export function explainFailure(error: unknown, account: Account): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  const where = `${account.host}:${account.port} (${account.transport})`
  if (error instanceof CredentialsRefused) {
    return new ConnectorFailure('auth-failed', error.message, { fix: error.fix })
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const certificate = certificateFaults[code]
  if (certificate) {
    const fix =
      code === 'ERR_TLS_CERT_ALTNAME_INVALID'
        ? `Set server or domain to a name of the certificate, or give the PBX a certificate for "${account.domain}".`
        : 'Renew the certificate of the PBX, or name the file of its authority in caFile.'
    return new ConnectorFailure('misconfigured', `The certificate of ${where} ${certificate}.`, { fix })
  }
  if (code === 'ENOENT' || code === 'EACCES') {
    return new ConnectorFailure('misconfigured', `The file ${account.caFile} in caFile cannot be read.`, {
      fix: 'Correct caFile, and let the user that runs the hub read it.',
    })
  }
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') {
    return new ConnectorFailure('misconfigured', `${where} does not speak TLS.`, {
      fix: 'Correct the port, or set transport to tcp or udp.',
    })
  }
  if (error instanceof HostRefusal) {
    return new ConnectorFailure('not-ready', `Cannot reach ${where}: ${error.message}.`, { fix: error.fix })
  }
  const known = error instanceof ConnectionLost || error instanceof NoAnswer
  const reason = networkFaults[code] ?? (known ? error.message.replace(/\.$/, '') : undefined)
  if (reason === undefined) {
    return new ConnectorFailure('unexpected', `The connection to ${where} failed.`, { cause: error })
  }
  return new ConnectorFailure('not-ready', `Cannot reach ${where}: ${reason}.`, {
    fix: 'Check server, transport, the firewall, and that SIP runs there.',
  })
}

/** A failure as a line of a trial connection; what has no fix of its own is one for the log. */
export function findingOf(failure: ConnectorFailure): Finding {
  const fix = failure.fix ?? 'Look at the log for the cause.'
  return { level: 'error', text: failure.message, fix }
}
