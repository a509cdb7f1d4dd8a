import { useCallback, useSyncExternalStore } from 'react'

const prefix = '#/person/'

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

function read(): string | undefined {
  return location.hash.startsWith(prefix) ? decodeURIComponent(location.hash.slice(prefix.length)) : undefined
}

/** The key of the person in the panel; kept in the address, so that a link and the Back button lead to it. */
export function useSelection(): readonly [string | undefined, (key: string | undefined) => void] {
  const selected = useSyncExternalStore(subscribe, read)
  const select = useCallback((key: string | undefined) => {
    location.hash = key === undefined ? '/' : `${prefix.slice(1)}${encodeURIComponent(key)}`
  }, [])
  return [selected, select]
}
