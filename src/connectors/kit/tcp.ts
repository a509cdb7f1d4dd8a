import { connect, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { ConnectorFailure } from '../../core/connector.ts'
import { type HostAddress, HostRefusal, type Network } from '../../core/network.ts'
import type { Clock } from '../../core/ports.ts'
import { lookupAmong } from './lookup-among.ts'

/** A server that is spoken to over TCP or TLS. */
export interface TcpTarget {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** PEM of what to trust instead of the system's authorities. */
  readonly ca?: string | undefined
  /** Name in the server's certificate, where it is not the host. */
  readonly serverName?: string | undefined
}

export interface TcpContext {
  readonly clock: Clock
  readonly network: Network
  readonly stopped: AbortSignal
  /** Everything that arrives; the bytes are only lent. Left out, the socket gives it as `data`. */
  readonly take?: (bytes: Uint8Array) => void
  /** What to look at where nothing answers, for this kind of server. */
  readonly fix?: string
}

const connectTimeoutMs = 10_000
const readBytes = 64 * 1024

/** Connects. Throws ConnectorFailure: not-ready, or misconfigured where the certificate is refused. */
export async function openTcp(target: TcpTarget, context: TcpContext): Promise<Socket> {
  const found = await context.network.find(target.host).catch((error: Error) => {
    throw failureOf(error, target, error instanceof HostRefusal ? error.fix : context.fix)
  })
  return connectTo(found, target, context)
}

function connectTo(found: readonly HostAddress[], target: TcpTarget, context: TcpContext): Promise<Socket> {
  const { clock, stopped, take } = context
  const { tls } = target
  const lookup = lookupAmong(found)
  const socket = tls ? openTls(target, lookup) : openPlain(target, { take, lookup })
  if (tls && take) socket.on('data', take)
  return new Promise((resolve, reject) => {
    const finish = () => {
      timer.cancel()
      socket.off('error', refuse)
      stopped.removeEventListener('abort', stop)
    }
    const fail = (failure: ConnectorFailure) => {
      finish()
      socket.destroy()
      reject(failure)
    }
    const refuse = (error: Error) => fail(failureOf(error, target, context.fix))
    const stop = () => fail(new ConnectorFailure('not-ready', 'Stopped while connecting.'))
    const timer = clock.after(connectTimeoutMs, () =>
      refuse(new Error(`no answer within ${connectTimeoutMs / 1000} s`)),
    )
    socket.once('error', refuse)
    // Errors after a refusal have nobody to go to.
    socket.on('error', () => {})
    stopped.addEventListener('abort', stop, { once: true })
    if (stopped.aborted) stop()
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      finish()
      socket.setNoDelay(true)
      socket.setKeepAlive(true, 30_000)
      context.network.hold?.(socket)
      resolve(socket)
    })
  })
}

/** Whether what is sent to this host stays on this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/**
 * Every connection reads into this one, again and again: lists of many megabytes would leave as much behind, and a
 * thousand connections with a buffer each as much for good. What was read is taken before anything else is read.
 */
const readBuffer = Buffer.allocUnsafeSlow(readBytes)

function openPlain(
  { host, port }: TcpTarget,
  { take, lookup }: { readonly take: TcpContext['take']; readonly lookup: LookupFunction },
): Socket {
  if (!take) return connect({ host, port, lookup })
  const callback = (length: number, bytes: Uint8Array) => {
    take(bytes.subarray(0, length))
    return true
  }
  return connect({ host, port, lookup, onread: { buffer: readBuffer, callback } })
}

function openTls({ host, port, ca, serverName }: TcpTarget, lookup: LookupFunction): Socket {
  const name = serverName ?? (isIP(host) ? undefined : host)
  return connectTls({
    host,
    port,
    lookup,
    ...(ca !== undefined && { ca }),
    ...(name && { servername: name }),
  })
}

const tlsCodes = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY|SSL|TLS/

function failureOf(
  error: Error & { code?: string },
  { host, port, tls }: TcpTarget,
  fix = 'Check host and port, whether the server is on, and the firewall.',
): ConnectorFailure {
  const where = `${host}:${port}`
  if (tls && tlsCodes.test(`${error.code} ${error.message}`)) {
    return new ConnectorFailure('misconfigured', `TLS with ${where} failed: ${error.message}`, {
      fix: 'Put the certificate of the server or of its authority into "ca", its name into "serverName", and make sure that the port is the TLS one.',
      cause: error,
    })
  }
  const reason = error instanceof HostRefusal ? error.message : (error.code ?? error.message)
  return new ConnectorFailure('not-ready', `${where} cannot be reached: ${reason}`, {
    fix,
    cause: error,
  })
}
