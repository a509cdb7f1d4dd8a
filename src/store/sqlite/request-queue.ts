import type { Request } from './protocol.ts'
import type { QueuedCommit } from './writer.ts'

export interface RequestQueue {
  add(requests: readonly Request[]): void
  /** The next request, after taking in whatever has arrived; undefined when there is nothing left to do. */
  peek(): Request | undefined
  /** Takes the next request off. */
  drop(): void
  /** Takes off the commits that stand together at the head, up to about so many changes. */
  takeCommits(changes: number): readonly QueuedCommit[]
}

/** First in, first out. `more` gives what arrived meanwhile, without waiting. */
export function createRequestQueue(more: () => readonly Request[] | undefined): RequestQueue {
  let queue: Request[] = []
  let head = 0

  function add(requests: readonly Request[]): void {
    for (const request of requests) queue.push(request)
  }

  return {
    add,
    peek() {
      // A growing head instead of shift(), which moves a long array every time.
      if (head === queue.length) {
        queue = []
        head = 0
      }
      for (let batch = more(); batch; batch = more()) add(batch)
      return queue[head]
    },
    drop() {
      head++
    },
    takeCommits(changes) {
      const group: QueuedCommit[] = []
      for (let size = 0; size < changes && head < queue.length; head++) {
        const [id, call] = queue[head]!
        if (call.kind !== 'commit') break
        group.push({ id, full: call.full, changes: call.changes })
        size += call.changes.length
      }
      return group
    },
  }
}
