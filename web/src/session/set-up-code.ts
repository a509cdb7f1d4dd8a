import { useSyncExternalStore } from 'react'

/** Behind the hash, which no server or log ever sees. */
function readCode(): string | undefined {
  return /^#\/set-up\/([\w-]+)$/.exec(location.hash)?.[1]
}

/** The code of the console's link, while the address has one. */
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
