import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { ConnectorFailure } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import type { Settings } from './config.ts'

const connectTimeoutMs = 10_000
const readBytes = 64 * 1024

/** Connects by TCP or TLS. Throws ConnectorFailure with what to look at. */
export function openSocket(
  settings: Settings,
  context: {
    readonly clock: Clock
    readonly stopped: AbortSignal
    /** Everything that arrives; the bytes are only lent. */
    readonly take: (bytes: Uint8Array) => void
  },
): Promise<Socket> {
  const socket = settings.tls ? secureSocket(settings) : plainSocket(settings, context.take)
  if (settings.tls) socket.on('data', context.take)
  return new Promise((resolve, reject) => {
    const fail = (error: ConnectorFailure) => {
      finish()
      socket.destroy()
      reject(error)
    }
    const refuse = (error: Error) => fail(connectFailure(error, settings))
    const stop = () => fail(new ConnectorFailure('not-ready', 'Stopped while connecting to the PBX.'))
    const timer = context.clock.after(connectTimeoutMs, () =>
      refuse(new Error(`no answer within ${connectTimeoutMs / 1000} s`)),
    )
    const finish = () => {
      timer.cancel()
      socket.off('error', refuse)
      context.stopped.removeEventListener('abort', stop)
    }
    socket.once('error', refuse)
    // Errors after a refusal have nobody to go to.
    socket.on('error', () => {})
    context.stopped.addEventListener('abort', stop, { once: true })
    if (context.stopped.aborted) stop()
    socket.once(settings.tls ? 'secureConnect' : 'connect', () => {
      finish()
      socket.setNoDelay(true)
      socket.setKeepAlive(true, 30_000)
      resolve(socket)
    })
  })
}

/** Reads into one buffer again and again: lists of many megabytes would leave as much behind. */
function plainSocket({ host, port }: Settings, take: (bytes: Uint8Array) => void): Socket {
  const callback = (length: number, bytes: Uint8Array) => {
    take(bytes.subarray(0, length))
    return true
  }
  return connect({ host, port, onread: { buffer: Buffer.allocUnsafeSlow(readBytes), callback } })
}

function secureSocket({ host, port, ca, serverName }: Settings): Socket {
  const name = serverName ?? (isIP(host) ? undefined : host)
  return connectTls({ host, port, ...(ca && { ca }), ...(name && { servername: name }) })
}

const tlsCodes = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY|SSL|TLS/

function connectFailure(error: Error & { code?: string }, { host, port, tls }: Settings): ConnectorFailure {
  const where = `${host}:${port}`
  const why = error.code ?? error.message
  if (tls && tlsCodes.test(`${error.code} ${error.message}`)) {
    return new ConnectorFailure('misconfigured', `TLS with the PBX at ${where} failed: ${error.message}`, {
      fix: 'Put the certificate of the PBX or of its authority into "ca", its name into "serverName", and make sure that the port is the TLS one.',
      cause: error,
    })
  }
  return new ConnectorFailure('not-ready', `The PBX at ${where} cannot be reached: ${why}`, {
    fix: 'Check host and port, enabled = yes and bindaddr in manager.conf, and the firewall.',
    cause: error,
  })
}
