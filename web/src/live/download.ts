import { authorization, HubError, problemText } from './http.ts'

/** Has the browser keep what the hub answers as a file. A plain link could not send a token. Throws HubError. */
export async function download(path: string, name: string): Promise<void> {
  const response = await fetch(path, { headers: authorization() })
  if (!response.ok) throw new HubError(response.status, problemText(response.status, await response.text()))
  saveFile(await response.blob(), name)
}

export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // Not before the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
