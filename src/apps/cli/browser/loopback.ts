import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import { CliError } from '../exit-codes.ts'
import { plainText } from '../terminal-text.ts'

/** Longer than any system lets a code live. */
const patienceMs = 15 * 60_000

/** One way of a browser to a system and back; made anew for each sign-in. */
export interface Trip {
  readonly state: string
  readonly verifier: string
  readonly challenge: string
}

export function createTrip(): Trip {
  const verifier = randomBytes(32).toString('base64url')
  return {
    state: randomBytes(32).toString('base64url'),
    verifier,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
  }
}

/** An address on this machine alone, with its port: `http://localhost:8422/callback`. @throws CliError */
export function readRedirect(text: string): URL {
  const url = URL.parse(text)
  const isOurs = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname)
  if (url && isOurs && url.port !== '' && url.search === '' && url.hash === '') return url
  throw new CliError(
    'usage',
    `--redirect ${text} is not an address that this command can wait at: http://localhost:PORT/PATH, as it stands in the app.`,
  )
}

function isSame(given: string | null, wanted: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    // The address holds the code.
    ...{ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', connection: 'close' },
  })
  response.end(`<!doctype html><meta charset="utf-8"><title>Hookswitch</title><p>${text}</p>`)
}

/** What a system says must neither steer the terminal nor fill it. */
function clean(words: readonly (string | null)[]): string {
  const text = words.filter((word) => word !== null && word !== '').join(', ')
  return plainText(text).slice(0, 200)
}

/**
 * Waits on loopback for the browser with the code (RFC 8252 section 7.3); what does not carry the state of this trip is turned
 * away. `listening` is called once it waits. @throws CliError
 */
export async function awaitCode(
  redirect: URL,
  { state, listening, signal }: { state: string; listening: () => void; signal: AbortSignal },
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? '', redirect)
    if (request.method !== 'GET' || url?.pathname !== redirect.pathname) {
      return say(response, 404, 'There is nothing here.')
    }
    const query = url.searchParams
    if (!isSame(query.get('state'), state)) {
      return say(response, 400, 'This page does not belong to the sign-in that is waited for. Start again.')
    }
    const code = query.get('code')
    if (code !== null && code !== '') {
      say(response, 200, 'Thank you. The terminal tells whether it worked; you can close this page.')
      return resolve(code)
    }
    say(response, 200, 'Nothing was changed. The terminal tells why; you can close this page.')
    const why = clean([query.get('error'), query.get('error_description')]) || 'no code came back'
    reject(new CliError('findings', `The sign-in was not completed: ${why}.`))
  })
  server.once('error', (error: NodeJS.ErrnoException) => {
    const text = `Nobody can wait at ${redirect.origin} (${error.code}). Name another callback URL of the app with --redirect.`
    reject(new CliError('cannotCreate', text, { cause: error }))
  })
  const late = setTimeout(() => {
    reject(new CliError('unavailable', 'No browser came back within 15 minutes. Start again.'))
  }, patienceMs)
  const stop = () => reject(new CliError('interrupted', 'Interrupted; nothing was changed.'))
  signal.addEventListener('abort', stop, { once: true })
  server.listen(Number(redirect.port), '127.0.0.1', listening)
  try {
    return await promise
  } finally {
    clearTimeout(late)
    signal.removeEventListener('abort', stop)
    server.close()
  }
}
