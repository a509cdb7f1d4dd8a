import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild, until } from './child.ts'
import { findFreePort } from './free-port.ts'

/** Debian's HAProxy, ending TLS before a server of this machine. */
export interface TlsProxy {
  /** By name of the certificate. */
  readonly urls: Readonly<Record<string, string>>
  stop(): Promise<void>
}

function openssl(folder: string, ...args: readonly string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const

/** A private authority in a folder. Answers the file of its certificate. */
export function makeAuthority(folder: string): string {
  const made = ['-x509', ...newKey, '-days', '2', '-subj', '/CN=Authority of a test'] as const
  openssl(folder, 'req', ...made, '-keyout', 'authority.key', '-out', 'authority.pem')
  return join(folder, 'authority.pem')
}

/** A certificate with its key, for HAProxy. `by` the authority of the folder, or by itself. */
export function makeServerCertificate(
  folder: string,
  { name, san, by }: { readonly name: string; readonly san: string; readonly by: 'authority' | 'itself' },
): string {
  const issuer = by === 'authority' ? ['-CA', 'authority.pem', '-CAkey', 'authority.key'] : []
  openssl(
    folder,
    ...['req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${name}`, ...issuer],
    ...['-addext', `subjectAltName=${san}`, '-addext', 'basicConstraints=critical,CA:FALSE'],
    ...['-keyout', `${name}.key`, '-out', `${name}.crt`],
  )
  const both = ['crt', 'key'].map((kind) => readFileSync(join(folder, `${name}.${kind}`), 'utf8'))
  const file = join(folder, `${name}.pem`)
  writeFileSync(file, both.join(''), { mode: 0o600 })
  return file
}

export interface BalancingProxy {
  readonly url: string
  stop(): Promise<void>
}

/**
 * One address before several hubs: each request goes to the next one, whoever asks. As docs/operations/cluster.md has it, a hub that is
 * not ready gets nothing. `names`: of the hubs, by where they are.
 */
export async function startRoundRobin(
  { folder, port }: { readonly folder: string; readonly port: number },
  hubs: Readonly<Record<string, string>>,
): Promise<BalancingProxy> {
  const file = join(folder, 'balance.cfg')
  const servers = Object.entries(hubs).map(
    ([name, url]) => `  server ${name} ${new URL(url).host} check inter 500 fall 2 rise 1`,
  )
  const text = [
    ...['global', '  maxconn 200', 'defaults', '  mode http', '  option redispatch', '  retries 3'],
    ...['  timeout connect 5s', '  timeout client 60s', '  timeout server 60s', '  timeout tunnel 1h'],
    ...['frontend all', `  bind 127.0.0.1:${port}`, '  default_backend hubs'],
    ...['backend hubs', '  balance roundrobin', '  option httpchk GET /readyz', ...servers, ''],
  ]
  writeFileSync(file, text.join('\n'))
  const child = startChild('haproxy', ['-db', '-f', file])
  const url = `http://127.0.0.1:${port}`
  await until(
    async () => {
      if (!child.running()) throw new Error(`haproxy ended at once:\n${child.output()}`)
      return fetch(`${url}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      )
    },
    () => `haproxy to have a hub that is ready\n${child.output()}`,
  )
  return { url, stop: () => child.stop() }
}

/** As docs/operations/sites.md has it: WebSockets pass, and quiet ones are not ended. */
export async function startTlsProxy(
  folder: string,
  to: string,
  certificates: Readonly<Record<string, string>>,
): Promise<TlsProxy> {
  const ports = new Map<string, number>()
  for (const name of Object.keys(certificates)) ports.set(name, await findFreePort())
  const binds = [...ports].map(([name, port]) => `  bind 127.0.0.1:${port} ssl crt ${certificates[name]}`)
  const file = join(folder, 'haproxy.cfg')
  const text = [
    ...['global', '  maxconn 100', 'defaults', '  mode http'],
    ...['  timeout connect 5s', '  timeout client 60s', '  timeout server 60s', '  timeout tunnel 1h'],
    ...['frontend tls', ...binds, '  default_backend hub'],
    ...['backend hub', `  server hub ${new URL(to).host}`, ''],
  ]
  writeFileSync(file, text.join('\n'))
  const child = startChild('haproxy', ['-db', '-f', file])
  const first = ports.values().next().value
  await until(
    async () => {
      if (!child.running()) throw new Error(`haproxy ended at once:\n${child.output()}`)
      // Anything but a refused connection is an answer: plain HTTP to a port of TLS.
      return fetch(`http://127.0.0.1:${first}`).then(
        () => true,
        (error: Error) => !/ECONNREFUSED/.test(String((error.cause as { code?: string })?.code)),
      )
    },
    () => `haproxy to listen\n${child.output()}`,
  )
  const urls = [...ports].map(([name, port]) => [name, `https://localhost:${port}`])
  return { urls: Object.fromEntries(urls), stop: () => child.stop() }
}
