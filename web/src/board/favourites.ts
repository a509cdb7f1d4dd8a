import { useSyncExternalStore } from 'react'

const storageKey = 'hookswitch.favourites'
const listeners = new Set<() => void>()
let known: { readonly text: string; readonly keys: ReadonlySet<string> } = { text: '[]', keys: new Set() }

/** Keys of the people whom this browser keeps as favourites. */
export function useFavourites(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, read)
}

export function toggleFavourite(key: string): void {
  const next = new Set(read())
  if (!next.delete(key)) next.add(key)
  localStorage.setItem(storageKey, JSON.stringify([...next]))
  for (const listener of listeners) listener()
}

/** Another window of the browser may change them too. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

function read(): ReadonlySet<string> {
  const text = localStorage.getItem(storageKey) ?? '[]'
  if (text !== known.text) known = { text, keys: readKeys(text) }
  return known.keys
}

function readKeys(text: string): ReadonlySet<string> {
  try {
    const keys: unknown = JSON.parse(text)
    return new Set(Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [])
  } catch {
    return new Set()
  }
}
