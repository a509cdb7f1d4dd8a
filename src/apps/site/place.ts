import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeKeyFile } from '../../secrets/key-file.ts'
import { type KeyRingOptions, readKeyRing } from '../../secrets/key-ring.ts'
import { keyIdOf, SealFailure, type SealingKey, seal, unseal } from '../../secrets/sealing.ts'

/** Below the data directory of a site: which site it is. */
const placeFile = 'site.json'

/** Whose site this is, and how it proves it. */
export interface Place {
  /** Addresses of the hub, or of each of several. */
  readonly hubs: readonly string[]
  readonly tenant: string
  readonly site: string
  /** Those that it was enrolled for: it runs no other. */
  readonly connectors: readonly string[]
  /** Private key: PKCS #8, DER, base64. */
  readonly secret: string
}

/** Seals what a site keeps: with the keys it was given, else with one of its own data directory. */
export class SiteSeal {
  readonly #options: KeyRingOptions
  #keys: readonly SealingKey[] = []

  private constructor(options: KeyRingOptions) {
    this.#options = options
  }

  /** @throws KeyFailure */
  static async open(options: KeyRingOptions): Promise<SiteSeal> {
    mkdirSync(options.directory, { recursive: true, mode: 0o700 })
    const seal = new SiteSeal(options)
    await seal.reload()
    return seal
  }

  /** Takes the keys as they are now. @throws KeyFailure */
  async reload(): Promise<void> {
    const keys = await readKeyRing(this.#options)
    this.#keys = keys.length > 0 ? keys : [makeKeyFile(this.#options.directory)]
  }

  /** Of the key that seals. */
  get keyId(): string {
    return this.#keys[0]!.id
  }

  /** Under the key of now; as it is where it does not open, or has that key already. */
  sealAgain(sealed: string, name: string): string {
    if (keyIdOf(sealed) === this.keyId) return sealed
    try {
      return this.seal(this.unseal(sealed, name), name)
    } catch (error) {
      if (error instanceof SealFailure) return sealed
      throw error
    }
  }

  seal(value: string, name: string): string {
    return seal(value, { tenant: '', name }, this.#keys[0]!)
  }

  /** @throws SealFailure */
  unseal(sealed: string, name: string): string {
    return unseal(sealed, { tenant: '', name }, this.#keys)
  }
}

const secretName = 'key of the site'

/** Undefined where no site was enrolled there. @throws Error, SealFailure in words */
export function readPlace(directory: string, seal: SiteSeal): Place | undefined {
  const path = join(directory, placeFile)
  if (!existsSync(path)) return undefined
  const text = readFileSync(path, 'utf8')
  let stored: Place
  try {
    stored = JSON.parse(text) as Place
  } catch {
    throw new Error(`${path} is damaged. Put a copy back, or enrol the site anew with a code.`)
  }
  return { ...stored, secret: seal.unseal(stored.secret, secretName) }
}

/** For its owner only, whole or not at all. Answers the key of the site as it is sealed. */
export function writePlace(directory: string, place: Place, seal: SiteSeal): string {
  const path = join(directory, placeFile)
  const stored = { ...place, secret: seal.seal(place.secret, secretName) }
  writeFileSync(`${path}.new`, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
  return stored.secret
}
