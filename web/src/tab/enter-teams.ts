import { app, authentication } from '@microsoft/teams-js'

/** What the client around the page tells and gives. */
export interface TeamsHost {
  /** `default`, `dark`, `contrast` ...: as Teams names its themes. */
  readonly theme: string
  readonly locale: string
  watchTheme(listener: (theme: string) => void): void
  /** A token for our own application, of who is signed in to Teams. */
  token(): Promise<string>
  /** The page is drawn. */
  ready(): void
}

/** A frame that is none of Teams never answers, milliseconds. */
const patienceMs = 10_000

/** Makes itself known to Teams; undefined where something else is around the page. */
export async function enterTeams(): Promise<TeamsHost | undefined> {
  try {
    await within(app.initialize())
    const context = await within(app.getContext())
    return {
      theme: context.app.theme,
      locale: context.app.locale,
      watchTheme: (listener) => app.registerOnThemeChangeHandler(listener),
      token: () => authentication.getAuthToken(),
      ready: () => app.notifySuccess(),
    }
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
