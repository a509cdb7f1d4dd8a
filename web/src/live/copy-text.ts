/** Whether the text is on the clipboard: outside HTTPS, and where it was refused, it has to be marked by hand. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
