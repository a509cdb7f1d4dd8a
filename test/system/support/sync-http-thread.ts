import { type MessagePort, workerData } from 'node:worker_threads'
import type { SyncAnswer, SyncQuestion } from './sync-http.ts'

/** Asks over HTTP for a thread that stands still meanwhile. */
const { port, turn } = workerData as {
  readonly port: MessagePort
  readonly turn: Int32Array<SharedArrayBuffer>
}

async function ask({ method, url, body }: SyncQuestion): Promise<SyncAnswer> {
  try {
    const answer = await fetch(url, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body }),
      signal: AbortSignal.timeout(20_000),
    })
    return { status: answer.status, text: await answer.text() }
  } catch (error) {
    return { status: 0, text: String(error) }
  }
}

port.on('message', (question: SyncQuestion) => {
  void ask(question).then((answer) => {
    port.postMessage(answer)
    Atomics.store(turn, 0, 1)
    Atomics.notify(turn, 0)
  })
})
