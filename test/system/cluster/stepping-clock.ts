import { readFileSync } from 'node:fs'

/**
 * Loaded into a hub before everything else (`node --import`): its wall clock is off by what the file named by
 * HOOKSWITCH_TEST_CLOCK says, milliseconds. Monotonic time is left alone, as when somebody sets a machine's clock.
 */
const file = process.env.HOOKSWITCH_TEST_CLOCK
const RealDate = Date
let offMs = 0

if (file !== undefined) {
  const look = () => {
    try {
      offMs = Number(readFileSync(file, 'utf8'))
    } catch {
      offMs = 0
    }
  }
  look()
  setInterval(look, 200).unref()
  const now = () => RealDate.now() + offMs
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  })
}
