import { setTimeout as sleep } from 'node:timers/promises'

/** Looks again every `everyMs` until the condition holds; false when it did not within `limitMs`. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  { limitMs, everyMs = 50 }: { readonly limitMs: number; readonly everyMs?: number },
): Promise<boolean> {
  const end = performance.now() + limitMs
  for (;;) {
    if (await condition()) return true
    if (performance.now() > end) return false
    await sleep(everyMs)
  }
}
