import type { FastifyInstance } from 'fastify'

/** Where the hub listens, as whoever is on this machine writes it. */
export function formatUrl(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${shown.includes(':') && !shown.startsWith('[') ? `[${shown}]` : shown}:${port}`
}

function describeListenError(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is taken. Choose another with http.port.`
  if (code === 'EACCES') return `This user may not open port ${port}. Choose one from 1024 on with http.port.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}. Set http.host to one it has.`
  }
  return `${host}:${port} cannot be opened (${code ?? 'unknown reason'}).`
}

/** Answers the port that was taken. @throws Error, in words, where the address cannot be had. */
export async function listen(
  app: FastifyInstance,
  options: { readonly host: string; readonly port: number },
): Promise<number> {
  const { host } = options
  try {
    await app.listen({ host, port: options.port })
  } catch (error) {
    await app.close()
    throw new Error(describeListenError(error, options), { cause: error })
  }
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : options.port
}
