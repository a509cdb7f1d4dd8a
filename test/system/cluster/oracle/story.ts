import type { Act } from './expected.ts'

interface Chapter {
  readonly act: Act
  /** Not before this moment, milliseconds of one clock. */
  readonly at: number
}

/** A person's life, and how far in it whoever listens has come. */
interface Life {
  readonly chapters: Chapter[]
  heardTo: number
}

/**
 * Whether what a listener hears of each person can be told in the order in which it happened: each thing heard is the next
 * time that the person did that, and nothing is heard before it happened. So something old that comes after something
 * newer is found, whoever sent it, by whatever numbers.
 */
export class Story {
  readonly #lives = new Map<string, Life>()
  readonly wrong: string[] = []
  heard = 0

  constructor(upns: Iterable<string>, now: number) {
    for (const upn of upns) this.#lives.set(upn, { chapters: [{ act: 'free', at: now }], heardTo: 0 })
  }

  /** Told before it is done. */
  happens(upn: string, act: Act, at: number): void {
    const life = this.#lives.get(upn)
    if (life && life.chapters.at(-1)!.act !== act) life.chapters.push({ act, at })
  }

  /** `before`: what the listener was told of the person last, in words. */
  hears(upn: string, act: Act, before: () => string): void {
    const life = this.#lives.get(upn)
    if (!life) return
    this.heard += 1
    const found = life.chapters.findIndex((chapter, index) => index >= life.heardTo && chapter.act === act)
    if (found >= 0) {
      life.heardTo = found
      return
    }
    const at = Math.round(performance.now() - life.chapters[0]!.at)
    this.wrong.push(`${upn}: "${act}" was heard at ${at} too late or too soon: ${this.tell(upn)}${before()}`)
  }

  /** What somebody did, with the moments. */
  of(upn: string): readonly { readonly act: Act; readonly at: number }[] {
    return this.#lives.get(upn)?.chapters ?? []
  }

  /** The same in words, with milliseconds since the beginning, and how far the listener has come. */
  tell(upn: string): string {
    const { chapters, heardTo } = this.#lives.get(upn)!
    const began = chapters[0]!.at
    return chapters
      .map(({ act, at }, index) => `${Math.round(at - began)} ${act}${index === heardTo ? ' (heard)' : ''}`)
      .join(', ')
  }
}
