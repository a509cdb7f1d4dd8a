import { createHmac } from 'node:crypto'

/** Where the PBX sends its events besides WebSockets (Integrations > API > Webhook Event Push). */
export class Webhooks {
  readonly #targets: { readonly url: string; readonly secret: string }[] = []
  readonly #running = new Set<Promise<unknown>>()
  readonly #abort = new AbortController()
  #failures = 0

  /** Deliveries that were not answered with 2xx. */
  get failures(): number {
    return this.#failures
  }

  add(url: string, secret: string): void {
    this.#targets.push({ url, secret })
  }

  send(body: string): void {
    for (const { url, secret } of this.#targets) {
      const signature = createHmac('sha256', secret).update(body).digest('base64')
      const running = fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-signature': signature },
        body,
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
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await Promise.all(this.#running)
  }
}
