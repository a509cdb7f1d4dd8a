import { createSign, generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/** One DER element: tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const hex = content.length.toString(16)
  const length = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content])
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts)
const hex = (text: string) => Buffer.from(text, 'hex')

/** Object identifiers in DER: sha256WithRSAEncryption, commonName, subjectAltName. */
const signatureAlgorithm = sequence(hex('06092a864886f70d01010b'), der(0x05))
const commonName = hex('0603550403')
const subjectAltName = hex('0603551d11')

/** UTCTime, which serves until 2049. */
function time(wall: number): Buffer {
  const text = new Date(wall).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return der(0x17, Buffer.from(text.slice(2)))
}

export interface SelfSigned {
  /** PEM. */
  readonly certificate: string
  /** PEM, PKCS #8. */
  readonly privateKey: string
}

/**
 * A self-signed RSA certificate (RFC 5280) for client assertions and for TLS on loopback: it names localhost and
 * 127.0.0.1. `validFrom`, `validTo`: wall clock, milliseconds; by default from yesterday for a year.
 */
export async function makeCertificate(
  options: { readonly name?: string; readonly validFrom?: number; readonly validTo?: number } = {},
): Promise<SelfSigned> {
  const dayMs = 86_400_000
  const {
    name = 'hookswitch-lab',
    validFrom = Date.now() - dayMs,
    validTo = validFrom + 366 * dayMs,
  } = options
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)])
  const subject = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))))
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    signatureAlgorithm,
    subject,
    sequence(time(validFrom), time(validTo)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(subjectAltName, der(0x04, names)))),
  )
  const signature = createSign('sha256').update(content).sign(privateKey)
  const whole = sequence(content, signatureAlgorithm, der(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
