import { queryObjects } from 'node:v8'

/** How often is looked, milliseconds. */
const lookMs = 10_000
/** So many messages leave something worth collecting. */
const burst = 100

/**
 * V8 collects while something is allocated: a thread that has nothing to do keeps what the last burst left, 10 MB after
 * the first start with 100,000 people. Collects once, in the first quiet moment after a burst. Answers what to call for
 * each message.
 */
export function collectWhenIdle(collect: () => void = collectEverything): () => void {
  let waiting = 0
  let calm = true
  const look = () => {
    if (calm && waiting >= burst) {
      collect()
      waiting = 0
    }
    calm = true
  }
  setInterval(look, lookMs).unref()
  return () => {
    waiting += 1
    calm = false
  }
}

class Nobody {}

/** Node.js: the heap is collected before its objects are counted. No flag and no context of its own is needed for it. */
function collectEverything(): void {
  queryObjects(Nobody, { format: 'count' })
}
