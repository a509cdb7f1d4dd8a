import type { Dispatcher } from 'undici'

/** A pool of connections, with a say in how names are looked up; each of Node's own fetch's making. */
export interface HttpParts {
  readonly Agent: new (options: {
    readonly connect: { readonly lookup: unknown }
  }) => Pick<Dispatcher, 'dispatch'> & { destroy(): Promise<void> }
  readonly fetch: typeof fetch
}

/** Where undici, in Node and as a package, keeps the agent that fetch uses when it is given none (lib/global.js). */
const sharedAgent = Symbol.for('undici.globalDispatcher.1')
/** Whose agents take `connect.lookup`, as undici's documentation of Client has it. */
const knownVersions = /^[78]\./

/**
 * Those of Node itself, which has undici inside and names no way to it but the agent that it shares. Undefined where that
 * is another kind of agent (a proxy's), or of a version that nobody here has looked at.
 */
export function nodesParts(): HttpParts | undefined {
  // It is made when the first of fetch's classes is used.
  new Response()
  const agent = (globalThis as Record<symbol, unknown>)[sharedAgent]
  const Agent = (agent as object | undefined)?.constructor as HttpParts['Agent'] | undefined
  if (Agent?.name !== 'Agent' || !knownVersions.test(process.versions.undici ?? '')) return undefined
  return { Agent, fetch: globalThis.fetch }
}

/** Those of the package: the same once more, and some MB. */
export async function packageParts(): Promise<HttpParts> {
  const { Agent, fetch } = await import('undici')
  return { Agent, fetch } as never
}
