import { app, authentication } from '@microsoft/teams-js'
import { whenTeamsAnswers } from './when-teams-answers.ts'

/** What the client around the page tells and gives. */
export interface TeamsHost {
  /** `default`, `dark`, `contrast` ...: as Teams names its themes. */
  readonly theme: string
  readonly locale: string
  watchTheme(listener: (theme: string) => void): void
  /** A token for our own application, of who is signed in to Teams. */
  token(): Promise<string>
  /** A window of the client on this address of ours, until the page in it tells how it ended. Throws what it told. */
  openWindow(path: string): Promise<void>
  /** The page is drawn. */
  ready(): void
}

/** The size of a sign-in at Microsoft, pixels. */
const windowSize = { width: 600, height: 640 } as const

/** Makes itself known to Teams; undefined where something else is around the page. */
export async function enterTeams(): Promise<TeamsHost | undefined> {
  const context = await whenTeamsAnswers()
  return (
    context && {
      theme: context.app.theme,
      locale: context.app.locale,
      watchTheme: (listener) => app.registerOnThemeChangeHandler(listener),
      token: () => authentication.getAuthToken(),
      openWindow: async (path) => {
        await authentication.authenticate({ url: new URL(path, location.origin).href, ...windowSize })
      },
      ready: () => app.notifySuccess(),
    }
  )
}
