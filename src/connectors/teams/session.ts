import type { ConnectorContext } from '../../core/connector.ts'
import { RequestBudget } from '../kit/budget.ts'
import type { HttpPort } from '../kit/http.ts'
import { RequestQueue } from '../kit/request-queue.ts'
import { Sleeper } from '../kit/sleeper.ts'
import { Batches } from './batches.ts'
import { GraphClient } from './graph.ts'
import { nameClients, type Settings } from './settings.ts'
import { TokenSource } from './tokens.ts'
import { Writer, writerSettings } from './writer.ts'

/** Everything that talks to Microsoft on behalf of one configuration. */
export interface Session {
  readonly tokens: TokenSource
  readonly queue: RequestQueue
  readonly graph: GraphClient
  readonly sleeper: Sleeper
  /** Of another application, where that one writes. */
  readonly writer: Writer | undefined
  /** The limit that is configured counts from now until `close`: no trial changes what is shared. */
  agree(): void
  /** Ends every request under way. */
  close(): void
}

/** Microsoft counts by application and organisation: tenants with the same ones share what they may send, at several hubs by halves, thirds and so on. */
function shareBudget(settings: Settings, context: ConnectorContext): RequestBudget {
  const { requestsPer30s: start, ceiling } = settings
  const client = nameClients(settings)[0]!
  const hubs = () => context.hubsOf?.(client) ?? 1
  return context.shared(`teams budget ${client}`, () => {
    return new RequestBudget({ start, ceiling, hubs }, context.clock.monotonic())
  })
}

/** No I/O. */
export function openSession(settings: Settings, context: ConnectorContext): Session {
  const { clock, metrics } = context
  const abort = new AbortController()
  const end = () => abort.abort()
  context.signal.addEventListener('abort', end, { once: true })
  const port: HttpPort = { fetch: (...args) => context.fetch(...args), clock, signal: abort.signal }
  const queue = new RequestQueue(shareBudget(settings, context), clock)
  const tokens = new TokenSource(settings, port)
  const sleeper = new Sleeper(clock)
  const other = writerSettings(settings)
  const batching = settings.batchWrites && { batches: new Batches(port, settings.graphUrl) }
  return {
    tokens,
    queue,
    sleeper,
    writer: other && new Writer(other, port),
    graph: new GraphClient({ settings, port, tokens, queue, metrics, ...batching }),
    agree: () =>
      queue.budget.agree({ start: settings.requestsPer30s, ceiling: settings.ceiling }, abort.signal),
    close() {
      context.signal.removeEventListener('abort', end)
      sleeper.stop()
      queue.close()
      end()
    },
  }
}
