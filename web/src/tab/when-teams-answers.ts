import { app } from '@microsoft/teams-js'

/** A frame or an opener that is none of Teams never answers, milliseconds. */
const patienceMs = 10_000

/** Makes the page known to Teams; undefined where something else is around it. */
export async function whenTeamsAnswers(): Promise<app.Context | undefined> {
  try {
    await within(app.initialize())
    return await within(app.getContext())
  } catch {
    return undefined
  }
}

function within<Value>(promise: Promise<Value>): Promise<Value> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer')), patienceMs)),
  ])
}
