import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { importPKCS8 } from 'jose'
import { type ClientAuth, ClientSecretPost, modifyAssertion, PrivateKeyJwt } from 'openid-client'
import { ConnectorFailure } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import type { Settings } from './settings.ts'

export interface Credential {
  readonly auth: ClientAuth
  /** Wall clock after which the certificate is no longer valid; undefined for a secret. */
  readonly expiresAt: number | undefined
}

async function pem(setting: string, text: string | undefined, file: string | undefined): Promise<string> {
  if (text) return text
  try {
    return await readFile(file ?? '', 'utf8')
  } catch (cause) {
    throw new ConnectorFailure('misconfigured', `certificate.${setting}File: the file cannot be read.`, {
      fix: 'Check the path, and that the account Hookswitch runs under may read the file.',
      cause,
    })
  }
}

function readCertificate(text: string): X509Certificate {
  try {
    return new X509Certificate(text)
  } catch {
    throw new ConnectorFailure('misconfigured', 'certificate: this is not an X.509 certificate in PEM.', {
      fix: 'Use the file that begins with "-----BEGIN CERTIFICATE-----".',
    })
  }
}

/** Whatever PEM the key came in (PKCS#1, PKCS#8, encrypted), for PS256. */
async function readKey(text: string, passphrase: string | undefined) {
  try {
    const key = createPrivateKey({ key: text, ...(passphrase ? { passphrase } : {}) })
    return {
      key,
      signing: await importPKCS8(key.export({ type: 'pkcs8', format: 'pem' }).toString(), 'PS256'),
    }
  } catch {
    throw new ConnectorFailure('misconfigured', 'certificate: the private key cannot be used.', {
      fix: 'Use an RSA key in PEM of at least 2048 bits, and its passphrase if it has one.',
    })
  }
}

/**
 * The certificate's assertion as Entra wants it: PS256, x5t#S256, audience the token endpoint
 * (learn.microsoft.com/entra/identity-platform/certificate-credentials).
 */
async function certificateAuth(
  options: NonNullable<Settings['certificate']>,
  tokenUrl: string,
  clock: Clock,
): Promise<Credential> {
  const certificate = readCertificate(await pem('cert', options.cert, options.certFile))
  const { key, signing } = await readKey(await pem('key', options.key, options.keyFile), options.passphrase)
  if (!certificate.checkPrivateKey(key)) {
    throw new ConnectorFailure(
      'misconfigured',
      'certificate: the private key belongs to another certificate.',
      {
        fix: 'Configure the key that was made together with this certificate.',
      },
    )
  }
  const expiresAt = Date.parse(certificate.validTo)
  if (expiresAt <= clock.wall()) {
    throw new ConnectorFailure('auth-failed', `The certificate expired on ${certificate.validTo}.`, {
      fix: 'Create a new certificate, upload it in the app registration and configure it here.',
    })
  }
  const thumbprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
  const auth = PrivateKeyJwt(signing, {
    [modifyAssertion]: (header, payload) => {
      const now = Math.floor(clock.wall() / 1000)
      header.typ = 'JWT'
      header['x5t#S256'] = thumbprint
      Object.assign(payload, { aud: tokenUrl, jti: randomUUID(), nbf: now, iat: now, exp: now + 600 })
    },
  })
  return { auth, expiresAt }
}

/** How the application proves who it is. Throws ConnectorFailure when the certificate cannot be used. */
export async function openCredential(
  settings: Settings,
  tokenUrl: string,
  clock: Clock,
): Promise<Credential> {
  if (settings.certificate) return certificateAuth(settings.certificate, tokenUrl, clock)
  return { auth: ClientSecretPost(settings.secret), expiresAt: undefined }
}
