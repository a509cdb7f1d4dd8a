import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Where a sealed value belongs; it opens nowhere else. `tenant` is empty for what belongs to the hub. */
export interface SealedPlace {
  readonly tenant: string
  readonly name: string
}

/** A key of AES-256 (32 bytes) and the id that stands in every value it seals. */
export interface SealingKey {
  readonly id: string
  readonly bytes: Uint8Array
}

const format = 'hs1'
const cipher = 'aes-256-gcm'
/** NIST SP 800-38D section 8.2: 96 bits, never twice under one key. */
const nonceBytes = 12
const tagBytes = 16
const sealedPattern = /^hs1:([A-Za-z0-9][A-Za-z0-9._-]{0,62}):([A-Za-z0-9_-]+)$/

/** A sealed value cannot be opened: the key is missing or another one, or it was changed or moved. */
export class SealFailure extends Error {
  /** Of the key that sealed it; undefined for a text that is none of ours. */
  readonly keyId: string | undefined

  constructor(message: string, keyId?: string) {
    super(message)
    this.name = 'SealFailure'
    this.keyId = keyId
  }
}

/** What is authenticated beside the value: format, key and place, so that no row can stand in for another. */
function bind({ tenant, name }: SealedPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([format, keyId, tenant, name]), 'utf8')
}

/** `hs1:KEY:` and base64url of nonce, ciphertext and tag (AES-256-GCM). */
export function seal(value: string, place: SealedPlace, key: SealingKey): string {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, key.bytes, nonce)
  sealing.setAAD(bind(place, key.id))
  const body = Buffer.concat([nonce, sealing.update(value, 'utf8'), sealing.final(), sealing.getAuthTag()])
  return `${format}:${key.id}:${body.toString('base64url')}`
}

/** Id of the key that a text was sealed with; undefined for what is not sealed. */
export function keyIdOf(sealed: string): string | undefined {
  return sealedPattern.exec(sealed)?.[1]
}

/**
 * The value that was sealed at this place.
 * @throws SealFailure that names the key and the place, never the value.
 */
export function unseal(sealed: string, place: SealedPlace, keys: readonly SealingKey[]): string {
  const [, keyId, text = ''] = sealedPattern.exec(sealed) ?? []
  const where = `The secret ${describePlace(place)}`
  if (keyId === undefined) throw new SealFailure(`${where} is damaged in the store: it is no sealed value.`)
  const key = keys.find(({ id }) => id === keyId)
  if (!key) {
    throw new SealFailure(
      `${where} is sealed under the key "${keyId}", which is not configured. Add that key after the first one; nothing is lost.`,
      keyId,
    )
  }
  const body = Buffer.from(text, 'base64url')
  try {
    const opening = createDecipheriv(cipher, key.bytes, body.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
    opening.setAAD(bind(place, keyId))
    opening.setAuthTag(body.subarray(-tagBytes))
    const open = [opening.update(body.subarray(nonceBytes, -tagBytes)), opening.final()]
    return Buffer.concat(open).toString('utf8')
  } catch {
    throw new SealFailure(
      `${where} does not open with the key "${keyId}": that is not the key which sealed it, or the stored value was changed or moved. Configure the key that had this id; nothing is lost.`,
      keyId,
    )
  }
}

function describePlace({ tenant, name }: SealedPlace): string {
  return tenant === '' ? name : `${name} of the tenant ${tenant}`
}
