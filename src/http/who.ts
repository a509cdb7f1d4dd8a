import type { FastifyRequest } from 'fastify'

/** A person who uses the token names themselves here, percent-encoded; the command line sends the operating system's user. */
export const userHeader = 'hookswitch-user'

const longest = 100

/** Who asks, for the audit log: the account, or the token's name and who says they use it. Who signed in is known, and says nothing. */
export function whoAsks(request: FastifyRequest): string {
  const token = request.caller?.name ?? 'nobody'
  if (request.caller?.account) return token
  const header = request.headers[userHeader]
  const user = typeof header === 'string' ? readName(header) : ''
  return user === '' ? token : `${user} (${token})`
}

function readName(header: string): string {
  let name = header
  try {
    name = decodeURIComponent(header)
  } catch {
    // Taken as it stands.
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name must not steer the terminal that prints the log
  const plain = name.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  return plain.trim().slice(0, longest)
}
