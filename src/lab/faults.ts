export type FaultTarget =
  | 'graph'
  | 'entra'
  | 'ami'
  | 'sip'
  | '3cx'
  | 'vodia'
  | 'yeastar'
  | 'netsapiens'
  | 'salesforce'
  | 'webex'
  | 'freeswitch'
  | 'csta'
  | 'webhook'
  | 'agent'

const targets: readonly FaultTarget[] = [
  'graph',
  'entra',
  'ami',
  'sip',
  '3cx',
  'vodia',
  'yeastar',
  'netsapiens',
  'salesforce',
  'webex',
  'freeswitch',
  'csta',
  'webhook',
  'agent',
]
const kinds = ['status', 'slow', 'drop', 'stale', 'expired-secret', 'refuse', 'revoke-tokens'] as const

/** A disturbance on demand; docs/lab-api.md says what each kind means. */
export interface Fault {
  readonly target: FaultTarget
  readonly kind: (typeof kinds)[number]
  /** status: the HTTP status to answer with (SIP: the response code). */
  readonly status?: number
  /** status at entra: the number of the AADSTS code. */
  readonly code?: number
  /** status: seconds for a Retry-After header. */
  readonly retryAfter?: number
  /** slow: how much later the answer comes. stale: how old the state read is. Milliseconds. */
  readonly ms?: number
  /** drop: the connection is cut before the request takes effect (default), or after, with the answer lost. */
  readonly when?: 'before' | 'after'
  /** How often it strikes; without one, until the faults are deleted. */
  readonly count?: number
  /** Only requests whose path contains this. */
  readonly path?: string
}

interface Armed {
  readonly fault: Fault
  left: number
}

/** The faults in force. Emulators take what strikes them, one request at a time. */
export class Faults {
  readonly #listeners = new Set<(fault: Fault) => void>()
  #armed: Armed[] = []

  /** Told of each new fault at once: an emulator that keeps connections cuts them on `drop` and `refuse`. */
  on(listener: (fault: Fault) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(fault: Fault): void {
    if (fault.kind !== 'revoke-tokens')
      this.#armed.push({ fault, left: fault.count ?? Number.POSITIVE_INFINITY })
    for (const listener of [...this.#listeners]) listener(fault)
  }

  /** The faults that strike this request, each used up by one. */
  take(target: FaultTarget, path = ''): readonly Fault[] {
    if (this.#armed.length === 0) return []
    const struck = this.#armed.filter(
      ({ fault }) => fault.target === target && path.includes(fault.path ?? ''),
    )
    for (const armed of struck) armed.left -= 1
    this.#armed = this.#armed.filter(({ left }) => left > 0)
    return struck.map(({ fault }) => fault)
  }

  /** Looks without using up: for an emulator that refuses connections while such a fault is in force. */
  inForce(target: FaultTarget, kind: Fault['kind']): Fault | undefined {
    return this.#armed.find(({ fault }) => fault.target === target && fault.kind === kind)?.fault
  }

  list(): readonly Fault[] {
    return this.#armed.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, count: left } : fault))
  }

  clear(): void {
    this.#armed = []
  }
}

const isCount = (value: unknown): boolean => value === undefined || (typeof value === 'number' && value >= 0)

/** Reads a fault from outside; returns what is wrong with it instead of throwing. */
export function parseFault(body: Readonly<Record<string, unknown>>): Fault | string {
  const { target, kind, status, code, retryAfter, ms, when, count, path, ...rest } = body
  const unknown = Object.keys(rest)[0]
  if (unknown) return `${unknown}: no such field`
  if (!targets.some((each) => each === target)) return `target: must be ${targets.join(', ')}`
  if (!kinds.some((each) => each === kind)) return `kind: must be ${kinds.join(', ')}`
  for (const [name, value] of Object.entries({ status, code, retryAfter, ms, count })) {
    if (!isCount(value)) return `${name}: must be a number, 0 or more`
  }
  if (kind === 'status' && !(Number(status) >= 200 && Number(status) <= 699)) {
    return 'status: a fault of kind status needs one from 200 to 699'
  }
  if ((kind === 'slow' || kind === 'stale') && ms === undefined) return `ms: a fault of kind ${kind} needs it`
  if (count === 0) return 'count: must be at least 1'
  if (path !== undefined && typeof path !== 'string') return 'path: must be text'
  if (when !== undefined && when !== 'before' && when !== 'after') return 'when: must be before or after'
  return body as unknown as Fault
}
