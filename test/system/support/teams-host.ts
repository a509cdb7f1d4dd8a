import type { BrowserContext, Frame, Page } from 'playwright-core'

/** What a stubbed Teams gives to the page in its frame. */
export interface HostOptions {
  /** The page in the frame. */
  readonly tab: string
  readonly theme?: 'default' | 'dark' | 'contrast'
  readonly locale?: string
  /** The token that the client has; asked for each time. */
  readonly token: () => Promise<string>
}

export const teamsOrigin = 'https://teams.microsoft.com'

/**
 * A page of Teams' own origin that frames the tab and answers the messages of TeamsJS: the handshake, the context, tokens,
 * a window to sign in, and a change of theme.
 */
export async function openTeams(
  context: BrowserContext,
  options: HostOptions,
): Promise<{ page: Page; tab: Frame }> {
  const { tab, theme = 'default', locale = 'en-us', token } = options
  await context.route(`${teamsOrigin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: hostPage(tab, { theme, locale }) }),
  )
  const page = await context.newPage()
  await page.exposeFunction('tokenOfTeams', token)
  await page.goto(`${teamsOrigin}/`)
  const frame = await (await page.waitForSelector('iframe')).contentFrame()
  return { page, tab: frame! }
}

/** The user of the client picks other colours. */
export async function changeTheme(page: Page, theme: string): Promise<void> {
  await page.evaluate((picked) => {
    document.querySelector('iframe')?.contentWindow?.postMessage({ func: 'themeChange', args: [picked] }, '*')
  }, theme)
}

function hostPage(tab: string, given: { readonly theme: string; readonly locale: string }): string {
  const runtime = JSON.stringify({ apiVersion: 4, isLegacyTeams: false, supports: {} })
  return `<!doctype html><html lang="en"><title>Teams</title><body style="margin:0">
<iframe title="tab" style="border:0;width:100vw;height:100vh" src="${tab}"></iframe>
<script>
  window.asked = []
  const answers = {
    initialize: () => ['content', 'web', ${JSON.stringify(runtime)}, '2.0.0'],
    getContext: () => [${JSON.stringify({ ...given, hostName: 'Teams', frameContext: 'content' })}],
    // As Teams in a browser does: its own page opens the window, and hears from it.
    'authentication.authenticate': ([url, width, height]) => new Promise((resolve) => {
      const opened = window.open(url, 'sign-in', 'width=' + width + ',height=' + height)
      if (!opened) return resolve([false, 'FailedToOpenWindow'])
      const end = (answer) => { removeEventListener('message', hear); clearInterval(look); resolve(answer) }
      const hear = ({ data, source, origin }) => {
        if (source !== opened || typeof data?.func !== 'string') return
        const { id, uuidAsString, func, args } = data
        const reply = (answer) => source.postMessage({ id, uuidAsString, args: answer }, origin)
        if (func === 'initialize') reply(['authentication', 'web', ${JSON.stringify(runtime)}, '2.0.0'])
        if (func === 'getContext') reply(answers.getContext())
        if (func === 'authentication.authenticate.success') end([true, args[0]])
        if (func === 'authentication.authenticate.failure') end([false, args[0]])
      }
      addEventListener('message', hear)
      const look = setInterval(() => opened.closed && end([false, 'CancelledByUser']), 100)
    }),
    'authentication.getAuthToken': async () => {
      try { return [true, await window.tokenOfTeams()] } catch { return [false, 'consentRequired'] }
    },
  }
  addEventListener('message', async ({ data, source, origin }) => {
    if (typeof data?.func !== 'string' || source !== frames[0]) return
    window.asked.push(data.func)
    const { id, uuidAsString, func } = data
    if (answers[func]) source.postMessage({ id, uuidAsString, args: await answers[func](data.args) }, origin)
  })
</script></body></html>`
}
