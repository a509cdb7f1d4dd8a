import type { ConfigProblem } from '../../../src/core/config-port.ts'
import { hubWords, loadHubWords } from '../language/hub-words.ts'
import { words } from '../language/words.ts'

/** The hub answered, but not with what was asked for. `message` is fit to be shown. */
export class HubError extends Error {
  readonly status: number
  /** Of a configuration that was refused: what is wrong, and where. */
  readonly problems: readonly ConfigProblem[]

  constructor(status: number, message: string, problems: readonly ConfigProblem[] = []) {
    super(message)
    this.name = 'HubError'
    this.status = status
    this.problems = problems
  }
}

/** Why something was refused, for people: where a configuration was wrong, with everything that was. */
export function refusalText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const problems = error instanceof HubError ? error.problems : []
  const told = problems.map(({ path, message, fix }) => {
    const said = [message, ...(fix ? [fix] : [])].map((text) => hubWords(text).text)
    return `${path} ${said[0]}${said[1] ? ` (${said[1]})` : ''}.`
  })
  return [error.message, ...told].join(' ')
}

const tokenKey = 'hookswitch.token'

/** An API token, for hubs that ask for one; kept until the browser tab is closed. */
export function rememberToken(token: string): void {
  sessionStorage.setItem(tokenKey, token)
}

export function forgetToken(): void {
  sessionStorage.removeItem(tokenKey)
}

export function hasToken(): boolean {
  return sessionStorage.getItem(tokenKey) !== null
}

interface TabKey {
  readonly key: string
  renew(): Promise<string>
}

/** The key of a page inside a client's frame, in memory alone, and how to get the next one. */
let tab: TabKey | undefined
/** Requests that are refused together wait for one new key. */
let renewal: Promise<void> | undefined

/** Signs in by `renew`, and again whenever the hub no longer knows the key. */
export async function signInByTab(renew: () => Promise<string>): Promise<void> {
  tab = { key: await renew(), renew }
}

/** A refused key goes with no further request; where no new one is to be had, the next refusal asks for one again. */
async function replaceKey(refused: TabKey): Promise<void> {
  tab = undefined
  try {
    await signInByTab(refused.renew)
  } catch (error) {
    tab = refused
    throw error
  }
}

export function authorization(): Record<string, string> {
  if (tab) return { authorization: `Bearer tab.${tab.key}` }
  const token = sessionStorage.getItem(tokenKey)
  return token ? { authorization: `Bearer ${token}` } : {}
}

/** Asks the hub, JSON in and out. Throws HubError with the hub's own words where it gave any (RFC 9457). */
export async function ask(
  path: string,
  request: {
    method?: string
    body?: unknown
    headers?: Readonly<Record<string, string>>
    signal?: AbortSignal
  } = {},
) {
  const headers = { ...authorization(), ...request.headers }
  const init: RequestInit = { method: request.method ?? 'GET', headers }
  if (request.signal) init.signal = request.signal
  if (request.body !== undefined) {
    init.headers = { ...headers, 'content-type': 'application/json' }
    init.body = JSON.stringify(request.body)
  }
  const sent = tab
  let response = await reach(path, init)
  if (response.status === 401 && sent) {
    if (tab === sent) {
      renewal = replaceKey(sent).finally(() => {
        renewal = undefined
      })
    }
    await renewal
    response = await reach(path, { ...init, headers: { ...init.headers, ...authorization() } })
  }
  const text = await response.text()
  if (!response.ok) {
    await loadHubWords()
    throw new HubError(response.status, problemText(response.status, text), readProblems(text))
  }
  return text === '' ? undefined : (JSON.parse(text) as unknown)
}

/** As fetch; says in words that there is no way to the hub, where a browser has its own for it. */
async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new Error(words().pages.unreachable, { cause: error })
  }
}

function readProblems(body: string): readonly ConfigProblem[] {
  try {
    const { errors } = JSON.parse(body) as { readonly errors?: readonly ConfigProblem[] }
    return Array.isArray(errors) ? errors.filter(({ path }) => typeof path === 'string') : []
  } catch {
    return []
  }
}

/** The hub's own words, in the language of the page where it knows them. */
export function problemText(status: number, body: string): string {
  try {
    const problem = JSON.parse(body) as { title?: unknown; detail?: unknown; message?: unknown } | null
    const told = problem?.detail ?? problem?.message ?? problem?.title
    if (typeof told === 'string' && told !== '') return hubWords(told).text
  } catch {
    // Not JSON: a proxy between us and the hub answered in its own way.
  }
  return words().pages.answered(status)
}
