import { useSyncExternalStore } from 'react'

export const pageNames = ['board', 'health', 'audit', 'account'] as const
/** The pages that the navigation leads to. */
export type PageName = (typeof pageNames)[number]

/** What the address asks for. It stands behind the hash: the hub serves one file, and no log sees who was looked at. */
export interface Route {
  /** `wall` is the board without anything around it. */
  readonly page: PageName | 'wall'
  /** Key of the person in the panel. */
  readonly person: string | undefined
  readonly query: URLSearchParams
}

/** Reads `#/health`, `#/person/contoso%2Fp-anna`, `#/wall?tenant=contoso`; what is not known is the board. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [first = '', second] = path.split('/')
  const page = first === 'wall' ? 'wall' : (pageNames.find((name) => name === first) ?? 'board')
  const person = first === 'person' && second ? decode(second) : undefined
  return { page, person, query: new URLSearchParams(query) }
}

export function pageAddress(page: PageName): string {
  return page === 'board' ? '#/' : `#/${page}`
}

export function personAddress(key: string): string {
  return `#/person/${encodeURIComponent(key)}`
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
