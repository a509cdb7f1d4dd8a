import { connect, createServer } from 'node:net'

/** Passes connections on: each argument is `HOST:PORT>HOST:PORT`, where to listen and where to. Says "ready" once it listens. */
const ways = process.argv.slice(2).map((way) => {
  const [from, to] = way.split('>').map((place) => {
    const at = place.lastIndexOf(':')
    return { host: place.slice(0, at), port: Number(place.slice(at + 1)) }
  })
  return { from: from!, to: to! }
})

await Promise.all(
  ways.map(({ from, to }) => {
    const server = createServer({ noDelay: true }, (near) => {
      const far = connect({ ...to, noDelay: true })
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        one.on('error', () => other.destroy())
        one.on('close', () => other.destroy())
      }
      near.pipe(far)
      far.pipe(near)
    })
    return new Promise<void>((resolve) => server.listen(from.port, from.host, resolve))
  }),
)
console.log('ready')
