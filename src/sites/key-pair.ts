import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { proofText } from './wire.ts'

/** What a site proves itself with (Ed25519, RFC 8032): DER in base64, PKCS #8 and SPKI. */
export interface SiteKeys {
  readonly secret: string
  readonly public: string
}

type Proven = Parameters<typeof proofText>[0]

export function makeKeys(): SiteKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    public: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  }
}

function readPublic(key: string) {
  return createPublicKey({ key: Buffer.from(key, 'base64'), type: 'spki', format: 'der' })
}

/** Whether a text is a public key of ours. */
export function isPublicKey(key: string): boolean {
  try {
    return readPublic(key).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}

export function signProof(at: Proven, secret: string): string {
  const key = createPrivateKey({ key: Buffer.from(secret, 'base64'), type: 'pkcs8', format: 'der' })
  return sign(null, Buffer.from(proofText(at)), key).toString('base64')
}

/** Never throws. */
export function isProof(at: Proven, key: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(proofText(at)), readPublic(key), Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
