import type { ConnectorContext, DirectoryEntry } from '../../core/connector.ts'

const key = 'people'
const most = 20_000

/**
 * There is no list to ask for: who was named by a mail address in a delivery that proved itself is known from then on, so
 * that people need no address in the configuration.
 */
export class KnownPeople {
  readonly #context: Pick<ConnectorContext, 'memory'>
  #names: Promise<Set<string>> | undefined

  constructor(context: Pick<ConnectorContext, 'memory'>) {
    this.#context = context
  }

  /** On disk when it resolves. */
  async add(address: string): Promise<void> {
    const names = await this.#load()
    if (!address.includes('@') || names.has(address) || names.size >= most) return
    names.add(address)
    await this.#context.memory.set(key, [...names])
  }

  async entries(): Promise<readonly DirectoryEntry[]> {
    return [...(await this.#load())].map((address) => ({ address, mails: [address], aliases: [] }))
  }

  #load(): Promise<Set<string>> {
    this.#names ??= this.#context.memory
      .get(key)
      .then((stored) => new Set(Array.isArray(stored) ? (stored as string[]) : []))
    return this.#names
  }
}
