import {
  fieldsOf,
  type HttpAnswer,
  type HttpPort,
  type HttpSilence,
  readJson,
  sendHttp,
} from '../kit/http.ts'
import { readRetryAfter } from '../kit/retry-after.ts'
import { headersWith } from './request-headers.ts'

/** What can go out as a part of a batch. */
export interface BatchedRequest {
  readonly method: string
  /** Below the version. */
  readonly path: string
  /** JSON. */
  readonly body?: string
  readonly timeoutMs: number
}

type Exchanged = HttpAnswer | HttpSilence

interface Part {
  readonly request: BatchedRequest
  readonly alone: () => Promise<Exchanged>
  readonly answer: (exchanged: Exchanged | Promise<Exchanged>) => void
}

/** Most requests of one batch (learn.microsoft.com/graph/json-batching). */
const most = 20
/** So long everything goes by itself where `$batch` itself was not understood. */
const restMs = 600_000
/** Refusals of the whole that each part would have got by itself. */
const common = new Set([401, 403, 408, 429])
const noHeaders = new Headers()

/**
 * Requests that are ready in the same turn of the event loop, as after a commit of many people, go out as one
 * (learn.microsoft.com/graph/json-batching). Nobody waits for others to come: who is alone goes alone. Each part has its
 * own status and its own Retry-After, and is answered as if it had come by itself. Where `$batch` itself is refused, as
 * by a proxy that lets only known paths pass, nothing was done, and each goes by itself.
 */
export class Batches {
  readonly #port: HttpPort
  readonly #url: string
  /** By token: a batch acts for one. */
  readonly #ready = new Map<string, Part[]>()
  #restUntil = Number.NEGATIVE_INFINITY

  /** `root`: of Graph, with the version. */
  constructor(port: HttpPort, root: string) {
    this.#port = port
    this.#url = `${root}/$batch`
  }

  /** Never throws. `alone` sends the same by itself. */
  send(
    request: BatchedRequest,
    { bearer, alone }: { readonly bearer: string; readonly alone: () => Promise<Exchanged> },
  ): Promise<Exchanged> {
    if (this.#port.clock.monotonic() < this.#restUntil) return alone()
    return new Promise((resolve) => {
      const part = { request, alone, answer: resolve }
      const ready = this.#ready.get(bearer)
      if (!ready) {
        this.#ready.set(bearer, [part])
        setImmediate(() => this.#leave(bearer))
      } else {
        ready.push(part)
      }
    })
  }

  #leave(bearer: string): void {
    const ready = this.#ready.get(bearer) ?? []
    this.#ready.delete(bearer)
    for (let at = 0; at < ready.length; at += most) {
      const parts = ready.slice(at, at + most)
      const [first] = parts
      if (first && parts.length === 1) first.answer(first.alone())
      else void this.#exchange(parts, bearer)
    }
  }

  async #exchange(parts: readonly Part[], bearer: string): Promise<void> {
    const whole = await sendHttp(this.#port, {
      method: 'POST',
      url: this.#url,
      headers: headersWith(bearer, true),
      body: `{"requests":[${parts.map(write).join()}]}`,
      timeoutMs: Math.min(...parts.map(({ request }) => request.timeoutMs)),
    })
    const answers = whole.kind === 'answer' && whole.status === 200 ? read(whole.text) : undefined
    if (answers) {
      const wall = this.#port.clock.wall()
      parts.forEach(({ answer }, index) => {
        const own = answers.get(String(index))
        answer(own === undefined ? unsaid : answerOf(own, wall))
      })
    } else if (isAboutBatch(whole)) {
      this.#restUntil = this.#port.clock.monotonic() + restMs
      for (const { answer, alone } of parts) answer(alone())
    } else {
      const shared = whole.kind === 'answer' && whole.status < 300 ? unsaid : whole
      for (const { answer } of parts) answer(shared)
    }
  }
}

/** The answer of the whole was understood and has none for this part, or was not understood. */
const unsaid: HttpSilence = {
  kind: 'silence',
  why: 'connection',
  reason: 'the answer of Graph could not be understood',
}

function isAboutBatch(whole: Exchanged): boolean {
  return whole.kind === 'answer' && whole.status >= 400 && whole.status < 500 && !common.has(whole.status)
}

function write({ request }: Part, index: number): string {
  const { method, path, body } = request
  const head = `{"id":"${index}","method":"${method}","url":${JSON.stringify(path)}`
  return body === undefined
    ? `${head}}`
    : `${head},"headers":{"Content-Type":"application/json"},"body":${body}}`
}

/** By id; undefined for what is no answer to a batch. */
function read(text: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> | undefined {
  const { responses } = fieldsOf(readJson(text))
  if (!Array.isArray(responses)) return undefined
  return new Map(responses.map(fieldsOf).map((one) => [String(one.id), one]))
}

function answerOf(own: Readonly<Record<string, unknown>>, wall: number): Exchanged {
  const status = Number(own.status)
  if (!Number.isInteger(status) || status < 100 || status > 599) return unsaid
  if (status < 300) return { kind: 'answer', status, headers: noHeaders, text: '', retryAfterMs: undefined }
  const headers = headersOf(own.headers)
  return {
    ...{ kind: 'answer', status, headers },
    text: own.body === undefined ? '' : JSON.stringify(own.body),
    retryAfterMs: readRetryAfter(headers.get('retry-after'), wall),
  }
}

/** Those that are looked at. */
function headersOf(given: unknown): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(fieldsOf(given))) {
    const isKnown = /^(retry-after|request-id)$/i.test(name)
    if (isKnown && /^[\x20-\x7e]+$/.test(String(value))) headers.set(name, String(value))
  }
  return headers
}
