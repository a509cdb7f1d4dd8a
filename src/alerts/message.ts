import type { Problem } from '../core/alert.ts'

/** A problem that is over. */
export interface Cleared {
  readonly problem: Problem
  /** Wall clock, milliseconds. */
  readonly clearedAt: number
}

/** What is told at once: what is new and what is over. */
export interface Message {
  /** The same for every channel and every attempt. */
  readonly id: string
  /** Wall clock, milliseconds. */
  readonly at: number
  /** Gathered in quiet hours. */
  readonly digest: boolean
  readonly raised: readonly Problem[]
  readonly cleared: readonly Cleared[]
}

/** A way to tell people. */
export interface Channel {
  /** For the log and the API; holds no secret. */
  readonly name: string
  /** @throws Error in plain words, without secrets, when the message was not taken. */
  send(message: Message): Promise<void>
  close(): void
}

/** One line: the only problem, or how many. */
export function subjectOf({ digest, raised, cleared }: Message): string {
  const [first] = raised
  const [over] = cleared
  if (digest) return `Hookswitch, quiet hours: ${raised.length} open, ${cleared.length} over`
  if (first && raised.length === 1 && !over) return `Hookswitch: ${first.title}`
  if (over && cleared.length === 1 && !first) return `Hookswitch, all clear: ${over.problem.title}`
  if (!first) return `Hookswitch, all clear: ${cleared.length} problems are over`
  return `Hookswitch: ${raised.length} problems${over ? `, ${cleared.length} over` : ''}`
}

/** The whole message as plain text. */
export function textOf({ raised, cleared }: Message): string {
  const blocks = [
    ...raised.map(({ title, text, fix, since }) =>
      [title, `Since ${timeText(since)}.`, text, ...(fix === undefined ? [] : [`What to do: ${fix}`])].join(
        '\n',
      ),
    ),
    ...cleared.map(
      ({ problem, clearedAt }) =>
        `All clear: ${problem.title}\nFrom ${timeText(problem.since)} to ${timeText(clearedAt)}.`,
    ),
  ]
  return `${blocks.join('\n\n')}\n`
}

function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
