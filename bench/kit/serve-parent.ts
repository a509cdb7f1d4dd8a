import type { Answer, Asks, Question } from './child.ts'

/** Answers what the parent process asks; when the parent goes, `end` is called and the process ends. */
export function serveParent(asks: Asks, end: () => Promise<void>): void {
  process.on('message', (message) => void answer(message as Question, asks))
  process.once('disconnect', () => {
    void end().finally(() => process.exit(0))
  })
}

async function answer({ id, kind, input }: Question, asks: Asks): Promise<void> {
  let reply: Answer
  try {
    reply = { id, value: await asks[kind]!(input) }
  } catch (error) {
    reply = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  if (process.connected) process.send!(reply)
}
