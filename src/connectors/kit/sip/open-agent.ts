import { readFile } from 'node:fs/promises'
import type { Network } from '../../../core/network.ts'
import type { Clock } from '../../../core/ports.ts'
import type { Account } from './account.ts'
import { CredentialsRefused, NoAnswer } from './failures.ts'
import { Registration } from './registration.ts'
import { type AgentOptions, UserAgent } from './user-agent.ts'

const connectMs = 10_000

/** An agent with an open connection, and its registration where one is asked for. */
export interface OpenAgent {
  readonly agent: UserAgent
  readonly registration: Registration | undefined
}

/**
 * Connects, and registers if the account says so.
 * @throws the system's error, ConnectionLost, NoAnswer, CredentialsRefused
 */
export async function openAgent(
  account: Account,
  clock: Clock,
  events: Pick<AgentOptions, 'onNotify' | 'onMalformed' | 'onDown'> & {
    onTrouble(why: string | undefined): void
    readonly network: Network
    readonly stopped: AbortSignal
  },
): Promise<OpenAgent> {
  const ca = account.caFile === undefined ? undefined : await readFile(account.caFile, 'utf8')
  const { host, port, transport, domain, username, password, keepAliveMs } = account
  const agent = new UserAgent({
    ...{ host, port, transport, domain, username, password, keepAliveMs, clock, connectMs },
    network: events.network,
    ...(ca === undefined ? {} : { ca }),
    onNotify: events.onNotify,
    onMalformed: events.onMalformed,
    onDown: events.onDown,
  })
  events.stopped.addEventListener('abort', () => agent.close(), { once: true })
  try {
    await agent.open()
    return {
      agent,
      registration: account.register ? await register(agent, account, { clock, ...events }) : undefined,
    }
  } catch (error) {
    agent.close()
    throw error
  }
}

async function register(
  agent: UserAgent,
  account: Account,
  about: { readonly clock: Clock; onTrouble(why: string | undefined): void },
): Promise<Registration> {
  const registration = new Registration({
    clock: about.clock,
    domain: account.domain,
    username: account.username,
    expires: account.expires,
    request: (request) => agent.request(request),
    contact: () => agent.contact(),
    onTrouble: about.onTrouble,
  })
  const response = await registration.start()
  if (response.status < 300) return registration
  registration.stop()
  const answer = `${response.status} ${response.reason}`.trim()
  if (response.status === 403 || response.status === 404) {
    throw new CredentialsRefused(
      `The server does not let "${account.username}" register: ${answer}.`,
      'Correct username, password and domain of this connector, or set register to false.',
    )
  }
  throw new NoAnswer(`REGISTER was answered with ${answer}`)
}
