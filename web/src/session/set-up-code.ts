import { useSyncExternalStore } from 'react'

/** Behind the hash, which no server or log ever sees. */
function readCode(): string | undefined {
  return /^#\/((set-up|password)\/[\w-]+)$/.exec(location.hash)?.[1]
}

/** Of a link with a code, while the address has one: `set-up/CODE` from the console, `password/CODE` for an account. */
export function useSetUpCode(): string | undefined {
  return useSyncExternalStore((listener) => {
    addEventListener('hashchange', listener)
    return () => removeEventListener('hashchange', listener)
  }, readCode)
}

/** Out of the address and the history: it has done its work. */
export function forgetSetUpCode(): void {
  history.replaceState(null, '', location.pathname)
  dispatchEvent(new HashChangeEvent('hashchange'))
}
