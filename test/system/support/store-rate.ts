import type { Store, StoreChange } from '../../../src/core/ports.ts'

const people = 20_000
const lastsMs = 3_000
const callers = 64
const body = JSON.stringify({ state: 'busy/inACall', why: 'x'.repeat(300) })

/** Commits a second with many callers, one in ten of them synced to the disk; tells more on the console. */
export async function measureRate(name: string, store: Store): Promise<number> {
  const waits: number[] = []
  const began = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() - began < lastsMs) {
        const number = next++
        const asked = performance.now()
        await store.commit(changesOf(number), number % 10 === 0 ? 'full' : 'normal')
        waits.push(performance.now() - asked)
      }
    }),
  )
  const rate = (waits.length / (performance.now() - began)) * 1_000
  waits.sort((a, b) => a - b)
  const at = (share: number) => waits[Math.floor(waits.length * share)]!.toFixed(2)
  console.log(`${name}: ${Math.round(rate)} commits/s of two rows, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
  return rate
}

function changesOf(number: number): StoreChange[] {
  const presentity = `p${number % people}`
  const common = { tenant: 't', presentity, connector: 'teams', address: presentity, slot: 'session' }
  const entry = { ...common, id: `l${number}`, open: number % 3 === 0, updatedAt: number, body }
  return [
    { put: 'presentity', tenant: 't', id: presentity, body },
    { put: 'ledger', entry },
  ]
}
