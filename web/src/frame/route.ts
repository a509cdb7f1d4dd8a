import { useSyncExternalStore } from 'react'

/** The pages that the navigation leads to, in its order; `pages.ts` has those that there are. */
export const pageNames = [
  ...(['board', 'people', 'connectors', 'links', 'health', 'fleet'] as const),
  ...(['audit', 'access', 'settings', 'set-up', 'me', 'account'] as const),
] as const
export type PageName = (typeof pageNames)[number]

/** What the address asks for. It stands behind the hash: the hub serves one file, and no log sees who was looked at. */
export interface Route {
  /** `wall` is the board without anything around it. */
  readonly page: PageName | 'wall'
  /** Key of the person in the panel. */
  readonly person: string | undefined
  /** What follows the page's name: `contoso` and `pbx` of `#/connectors/contoso/pbx`. */
  readonly rest: readonly string[]
  readonly query: URLSearchParams
}

/** Reads `#/health`, `#/person/contoso%2Fp-anna`, `#/wall?tenant=contoso`; what is not known is the board. */
function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [first = '', ...rest] = path.split('/').map(decode)
  const page = first === 'wall' ? 'wall' : (pageNames.find((name) => name === first) ?? 'board')
  const person = first === 'person' && rest[0] ? rest[0] : undefined
  return { page, person, rest, query: new URLSearchParams(query) }
}

/** `rest` is what the page itself reads: an item of it. */
export function pageAddress(page: PageName, ...rest: readonly string[]): string {
  if (page === 'board') return '#/'
  return `#/${[page, ...rest.map(encodeURIComponent)].join('/')}`
}

export function personAddress(key: string): string {
  return `#/person/${encodeURIComponent(key)}`
}

/** The person on a page of their own. */
export function personPageAddress(key: string): string {
  return `${personAddress(key)}/page`
}

/** Goes there; the browser's Back button leads back. */
export function go(address: string): void {
  location.hash = address
}

/** The route of the address, followed. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, current)
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

let last = { hash: '', route: readRoute('') }

/** The same object for the same address. */
function current(): Route {
  if (last.hash !== location.hash) last = { hash: location.hash, route: readRoute(location.hash) }
  return last.route
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
