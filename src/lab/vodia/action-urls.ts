/** Names of the settings (request example of `POST /rest/domain/{domain}/actionurl_settings`). */
export const actionUrlNames = [
  'acturl_call',
  'acturl_wakeupcall',
  'acturl_clearwakeup',
  'acturl_missedwakeup',
  'acturl_dnd',
  'acturl_cleardnd',
  'acturl_roomcleaned',
  'acturl_emergency',
  'acturl_newcall',
  'acturl_connect',
  'acturl_mailbox',
  'acturl_trunkchange',
  'notification_url',
] as const

interface Template {
  readonly method?: string
  readonly url?: string
  readonly encoding?: string
  readonly body?: string
}

function parse(value: string): Template | undefined {
  try {
    return JSON.parse(value) as Template
  } catch {
    return undefined
  }
}

/** What is configured per tenant, and the requests that go out for it. */
export class ActionUrls {
  readonly #settings = new Map<string, string>()
  readonly #running = new Set<Promise<unknown>>()
  readonly #abort = new AbortController()
  #failures = 0

  /** An empty text where nothing is configured; passwords in it are hidden. */
  read(domain: string, name: string): string {
    const value = this.#settings.get(`${domain} ${name}`) ?? ''
    return value.replace(/("pass":\s*")[^"]+"/, '$1********"')
  }

  write(domain: string, name: string, value: string): void {
    this.#settings.set(`${domain} ${name}`, value)
  }

  /** Deliveries that were not answered with 2xx. */
  get failures(): number {
    return this.#failures
  }

  send(domain: string, name: string, variables: Readonly<Record<string, string>>): void {
    const template = parse(this.#settings.get(`${domain} ${name}`) ?? '')
    if (!template?.url) return
    const fill = (text: string) => text.replace(/\{([a-z-]+)\}/g, (all, key: string) => variables[key] ?? all)
    const running = fetch(fill(template.url), {
      method: template.method ?? 'POST',
      headers: { 'content-type': template.encoding === 'json' ? 'application/json' : 'text/plain' },
      body: fill(template.body ?? ''),
      signal: this.#abort.signal,
    })
      .then(async (response) => {
        await response.arrayBuffer()
        if (!response.ok) this.#failures += 1
      })
      .catch(() => {
        this.#failures += 1
      })
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await Promise.all(this.#running)
  }
}
