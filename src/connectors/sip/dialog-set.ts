import type { DialogElement, DialogInfo } from './dialog-info.ts'

/**
 * The dialogs one subscription has told of, from full and partial documents (RFC 4235 section 4.3). Documents come
 * in the order of their NOTIFYs, which the subscription sees to; a full one is therefore always the newest truth,
 * also with a version that starts again.
 */
export class DialogSet {
  readonly #dialogs = new Map<string, DialogElement>()
  #version: number | undefined
  #known = false

  /** `gap`: something was missed, and the whole state has to be asked for. */
  apply(info: DialogInfo): 'applied' | 'old' | 'gap' {
    if (info.full) {
      this.#dialogs.clear()
      this.#take(info)
      this.#known = true
      return 'applied'
    }
    const { version } = info
    const last = this.#version
    if (version !== undefined && last !== undefined && version <= last) {
      // The same again is nothing new; an older number in a newer NOTIFY is a notifier that started anew.
      return version === last ? 'old' : 'gap'
    }
    this.#take(info)
    const inOrder = version === undefined || last === undefined || version === last + 1
    return this.#known && inOrder ? 'applied' : 'gap'
  }

  /** Nothing is published for the address. */
  clear(): void {
    this.#dialogs.clear()
    this.#known = true
  }

  /** Everything that is not over. */
  live(): readonly DialogElement[] {
    return [...this.#dialogs.values()]
  }

  #take(info: DialogInfo): void {
    this.#version = info.version ?? this.#version
    for (const dialog of info.dialogs) {
      if (dialog.state === 'terminated') this.#dialogs.delete(dialog.id)
      else this.#dialogs.set(dialog.id, dialog)
    }
  }
}
