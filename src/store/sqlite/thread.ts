import { Worker } from 'node:worker_threads'
import { type FailureData, StoreFailure } from '../failure.ts'
import type { Call, Reply, Request, WorkerStart } from './protocol.ts'

type Opened = Extract<Reply, { kind: 'opened' }>

export interface StoreThread {
  readonly migrated: Opened['migrated']
  /** Answers are typed by the caller, who knows the call; rejects with StoreFailure. */
  ask<Answer>(call: Call): Promise<Answer>
  /** Resolves when nothing that was asked is under way. */
  idle(): Promise<void>
  /** Does what was asked before, then ends the thread. Idempotent. */
  close(): Promise<void>
}

interface Waiting {
  resolve(value: unknown): void
  reject(failure: StoreFailure): void
}

/**
 * Starts the worker; resolves when the database is open, rejects with StoreFailure when it cannot be. `crashed` is
 * called once if the thread ends later without having been closed.
 */
export async function startThread(
  start: WorkerStart,
  crashed: (failure: StoreFailure) => void,
): Promise<StoreThread> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: start,
    name: 'hookswitch-store',
    // Of v8.queryObjects: see idle-collection.ts.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const first = await firstReply(worker)
  if (first.kind === 'refused') {
    await ended
    throw toFailure(first.failure)
  }
  return connect({ worker, ended, opened: first, directory: start.directory, crashed })
}

function firstReply(worker: Worker): Promise<Opened | Extract<Reply, { kind: 'refused' }>> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', (cause) => reject(stopped(cause)))
  })
}

interface Connection {
  readonly worker: Worker
  readonly ended: Promise<void>
  readonly opened: Opened
  readonly directory: string
  crashed(failure: StoreFailure): void
}

function connect({ worker, ended, opened, directory, crashed }: Connection): StoreThread {
  const waiting = new Map<number, Waiting>()
  const idlers: (() => void)[] = []
  let outbox: Request[] = []
  let lastId = 0
  let over: StoreFailure | undefined
  let closing = false

  /** One message a turn of the loop, however many commits the turn made. */
  function send(): void {
    const requests = outbox
    outbox = []
    if (over === undefined) worker.postMessage(requests)
  }

  function settle(id: number): Waiting | undefined {
    const found = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) rest()
    return found
  }

  function rest(): void {
    // An idle store does not keep the process alive; one with work to do does.
    if (!closing) worker.unref()
    for (const resolve of idlers.splice(0)) resolve()
  }

  function receive(reply: Reply): void {
    if (reply.kind === 'committed') for (const id of reply.ids) settle(id)?.resolve(undefined)
    else if (reply.kind === 'answered') settle(reply.id)?.resolve(reply.value)
    else if (reply.kind === 'rejected') settle(reply.id)?.reject(toFailure(reply.failure))
  }

  function ask<Answer>(call: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (over || closing) return reject(over ?? closed(directory))
      enqueue(call, { resolve: resolve as (value: unknown) => void, reject })
    })
  }

  function enqueue(call: Call, answer: Waiting): void {
    if (waiting.size === 0) worker.ref()
    if (outbox.length === 0) setImmediate(send)
    const id = ++lastId
    waiting.set(id, answer)
    outbox.push([id, call])
  }

  worker.on('message', receive)
  worker.on('error', (cause) => {
    over = stopped(cause)
  })
  void ended.then(() => {
    over ??= closing ? closed(directory) : stopped('it ended by itself')
    if (over.kind === 'failed') crashed(over)
    for (const { reject } of waiting.values()) reject(over)
    waiting.clear()
    rest()
  })
  worker.unref()

  return {
    migrated: opened.migrated,
    ask,
    idle: () => (waiting.size === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    close() {
      if (!closing && over === undefined) {
        closing = true
        // The end of the thread says more than its answer.
        enqueue({ kind: 'close' }, { resolve: () => {}, reject: () => {} })
      }
      return ended
    },
  }
}

function toFailure({ kind, message }: FailureData): StoreFailure {
  return new StoreFailure(kind, message)
}

function closed(directory: string): StoreFailure {
  return new StoreFailure('closed', `The store in ${directory} was closed`)
}

function stopped(cause: unknown): StoreFailure {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new StoreFailure(
    'failed',
    `The store's thread stopped (${reason}). Nothing can be stored until the hub is started again`,
    { cause },
  )
}
