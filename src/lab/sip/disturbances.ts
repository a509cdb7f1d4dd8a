/** How SUBSCRIBE is answered instead of being accepted, `count` times. */
export interface Refusal {
  readonly status: string
  readonly fields?: readonly (readonly [string, string])[]
  /** Only this event package. */
  readonly event?: string
  /** Only requests inside a subscription. */
  readonly inDialog?: boolean
  /** Only requests that ask for a change of a feature. */
  readonly change?: boolean
  /** How often; without one, until `clear`. */
  readonly count?: number
}

/** What goes wrong at the SIP server, set by tests. */
export class Disturbances {
  #refusals: { refusal: Refusal; left: number }[] = []
  /** NOTIFYs that are written off instead of sent, where the text contains this. */
  dropNotify: { containing: string; left: number } | undefined
  /** So many NOTIFYs are kept back, each sent after the one that follows it. */
  swapNotify = 0
  /** NOTIFY goes out before the 200 to SUBSCRIBE. */
  notifyFirst = false

  refuse(refusal: Refusal): void {
    this.#refusals.push({ refusal, left: refusal.count ?? Number.POSITIVE_INFINITY })
  }

  takeRefusal(request: { event: string; inDialog: boolean; change: boolean }): Refusal | undefined {
    const { event, inDialog, change } = request
    const found = this.#refusals.find(
      ({ refusal }) =>
        (refusal.event ?? event) === event &&
        (refusal.inDialog ?? inDialog) === inDialog &&
        (refusal.change ?? change) === change,
    )
    if (!found) return undefined
    found.left -= 1
    this.#refusals = this.#refusals.filter(({ left }) => left > 0)
    return found.refusal
  }

  /** True when this NOTIFY is to be dropped. */
  takeDrop(text: string): boolean {
    if (!this.dropNotify || this.dropNotify.left === 0 || !text.includes(this.dropNotify.containing))
      return false
    this.dropNotify.left -= 1
    return true
  }

  clear(): void {
    this.#refusals = []
    this.dropNotify = undefined
    this.swapNotify = 0
    this.notifyFirst = false
  }
}
