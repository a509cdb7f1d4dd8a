import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** scrypt as OWASP's Password Storage Cheat Sheet has it: N = 2^17, r = 8, p = 1; 128 MiB and about 0.3 s for each. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const
type Settings = Readonly<Record<keyof typeof cost, number>>
const keyBytes = 32
const shortest = 12
const longest = 256

/** Why this is no good password for the account; undefined where it is. Length is what counts (NIST SP 800-63B). */
export function weakness(password: string, name: string): string | undefined {
  if ([...password].length < shortest) return `A password has at least ${shortest} characters.`
  if (password.length > longest) return `A password has at most ${longest} characters.`
  if (password.toLowerCase().includes(name.toLowerCase())) return 'The password must not contain the name.'
  if (new Set(password).size < 5) return 'The password repeats the same few characters.'
  return undefined
}

/** `scrypt$131072$8$1$salt$key`, both in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** False also for a text that is no such hash. Takes as long whoever is asked for. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [kind, N, r, p, salt, key] = (stored ?? nobodys).split('$')
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false
  const wanted = Buffer.from(key, 'base64url')
  const settings = { N: Number(N), r: Number(r), p: Number(p), maxmem: cost.maxmem }
  const found = await derive(password, Buffer.from(salt, 'base64url'), settings)
  return wanted.length === found.length && timingSafeEqual(wanted, found) && stored !== undefined
}

/** Compared with where there is no such account, so that the time does not tell. */
const nobodys = ['scrypt', cost.N, cost.r, cost.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$')

let last: Promise<unknown> = Promise.resolve()

/** One after the other: each takes 128 MiB, and many who sign in at once must not take the hub's memory. */
function derive(password: string, salt: Buffer, settings: Settings): Promise<Buffer> {
  const derived = last.then(() => deriveNow(password, salt, settings))
  last = derived.catch(() => undefined)
  return derived
}

function deriveNow(password: string, salt: Buffer, settings: Settings): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  // The same password typed on another keyboard may be composed otherwise.
  scrypt(password.normalize('NFKC'), salt, keyBytes, settings, (error, key) =>
    error ? reject(error) : resolve(key),
  )
  return promise
}
