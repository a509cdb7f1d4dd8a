import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'

export interface SyncQuestion {
  readonly method: string
  readonly url: string
  readonly body?: string
}

export interface SyncAnswer {
  /** 0 where nothing answered. */
  readonly status: number
  readonly text: string
}

/** HTTP without waiting: the scenarios look at a lab as if it were in their own process. */
export interface SyncHttp {
  /** The parsed answer; undefined for an empty one. Throws where it is no success. */
  ask<Answer>(method: string, url: string, body?: object): Answer
  close(): Promise<void>
}

const patienceMs = 30_000

export function openSyncHttp(): SyncHttp {
  const { port1: port, port2 } = new MessageChannel()
  const turn = new Int32Array(new SharedArrayBuffer(4))
  const thread = new Worker(new URL('./sync-http-thread.ts', import.meta.url), {
    workerData: { port: port2, turn },
    transferList: [port2],
  })
  return {
    ask<Answer>(method: string, url: string, body?: object): Answer {
      Atomics.store(turn, 0, 0)
      port.postMessage({ method, url, ...(body && { body: JSON.stringify(body) }) } satisfies SyncQuestion)
      if (Atomics.wait(turn, 0, 0, patienceMs) === 'timed-out') throw new Error(`${method} ${url}: no answer`)
      const { status, text } = receiveMessageOnPort(port)!.message as SyncAnswer
      if (status < 200 || status > 299) throw new Error(`${method} ${url}: ${status} ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as Answer
    },
    async close() {
      port.close()
      await thread.terminate()
    },
  }
}
