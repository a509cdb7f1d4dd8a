import type { Phones } from '../phones.ts'

/** Realm that the lab's dialplan asks before it rings a phone. */
const realm = 'dnd'

/**
 * What mod_db and mod_hash keep: values by `realm/key`. The dialplan asks `dnd/{extension}` in either of them, which is
 * the phone's do not disturb.
 */
export class DndPlaces {
  readonly #phones: Phones
  readonly #values = new Map<string, string>()

  constructor(phones: Phones) {
    this.#phones = phones
  }

  /** `select/dnd/1001`, `insert/dnd/1001/on`, `delete/dnd/1001`. */
  run(command: string, argument: string): string {
    const [act = '', place = '', key = '', value = ''] = argument.split('/')
    const usage = `-USAGE: ${command} [insert|delete|select]/<realm>/<key>/<value>\n`
    if (place === '' || key === '') return usage
    const at = `${command}/${place}/${key}`
    const extension = place === realm && this.#phones.phone(key) ? key : undefined
    if (act === 'select') return this.#read(at, extension)
    if (act !== 'insert' && act !== 'delete') return usage
    if (act === 'insert') this.#values.set(at, value)
    else this.#values.delete(at)
    if (extension !== undefined) this.#phones.setDnd(extension, act === 'insert' && value === 'on', 'pbx')
    return '+OK\n'
  }

  /** A value that nothing of ours writes, as somebody's dialplan may. */
  put(command: 'db' | 'hash', extension: string, value: string): void {
    this.#values.set(`${command}/${realm}/${extension}`, value)
  }

  #read(at: string, extension: string | undefined): string {
    const value = this.#values.get(at)
    if (extension === undefined || (value !== undefined && value !== 'on')) return value ?? ''
    return this.#phones.phone(extension)?.dnd ? 'on' : ''
  }
}
