import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bus, BusFailure } from '../../src/core/bus.ts'

/** Two nodes of one installation, and a third of another that must hear nothing. */
export interface BusPlace {
  join(): Promise<Bus>
  /** Undefined where there can be no other installation. */
  joinOther(): Promise<Bus | undefined>
}

const kindOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error instanceof BusFailure ? error.kind : String(error)),
  )

/** What the nodes rely on, whatever carries their messages. */
export function busContract(name: string, place: BusPlace): void {
  describe(`bus contract: ${name}`, () => {
    let one: Bus
    let two: Bus
    beforeEach(async () => {
      one = await place.join()
      two = await place.join()
    })
    afterEach(async () => {
      await one.close()
      await two.close()
    })

    /** Until each knows what the other had asked for before: what two servers tell each other keeps its order. */
    const settle = async () => {
      for (const [bus, other] of [
        [one, two],
        [two, one],
      ] as const) {
        const subject = `settled.${crypto.randomUUID()}`
        const end = bus.answer(subject, () => true)
        await bus.ask(subject, {}, 5_000)
        while (other.connected && (await kindOf(other.ask(subject, {}, 5_000))) === 'nobody') await wait(5)
        end.end()
      }
    }

    test('what is told is heard by everyone who listens, in its order, the teller included', async () => {
      const heard: unknown[][] = [[], []]
      const all = [one, two].map(
        (bus, index) =>
          new Promise<void>((resolve) => {
            bus.hear('news.*', (message, subject) => {
              heard[index]!.push([subject, message])
              if (heard[index]!.length === 50) resolve()
            })
          }),
      )
      await settle()
      for (let count = 0; count < 50; count++) one.tell(`news.n${count % 2}`, { count, text: 'ä€' })
      await Promise.all(all)
      const wanted = Array.from({ length: 50 }, (_, count) => [`news.n${count % 2}`, { count, text: 'ä€' }])
      expect(heard).toEqual([wanted, wanted])
    })

    test('a question has one answer, at the other node and at the own', async () => {
      two.answer('sum', (message) => (message as number[]).reduce((sum, part) => sum + part, 0))
      await settle()
      expect(await one.ask('sum', [1, 2, 3], 5_000)).toBe(6)
      expect(await two.ask('sum', [4], 5_000)).toBe(4)
    })

    test('what cannot be answered says why: nobody there, too late, refused', async () => {
      two.answer('slow', () => new Promise(() => {}))
      two.answer('grumpy', async () => {
        throw new Error('not today')
      })
      await settle()
      expect(await kindOf(one.ask('empty', {}, 5_000))).toBe('nobody')
      expect(await kindOf(one.ask('slow', {}, 50))).toBe('late')
      await expect(one.ask('grumpy', {}, 5_000)).rejects.toThrow('not today')
      expect(await kindOf(one.ask('grumpy', {}, 5_000))).toBe('refused')
    })

    test('who has ended hears and answers nothing more', async () => {
      const heard: unknown[] = []
      const listening = two.hear('tick', (message) => heard.push(message))
      const answering = two.answer('tock', () => true)
      await settle()
      listening.end()
      answering.end()
      listening.end()
      await settle()
      one.tell('tick', 1)
      await settle()
      expect(heard).toEqual([])
      expect(await kindOf(one.ask('tock', {}, 5_000))).toBe('nobody')
    })

    test('a node that left is away, and nobody for the others', async () => {
      two.answer('here', () => true)
      await settle()
      await two.close()
      await two.close()
      expect(two.connected).toBe(false)
      expect(await kindOf(two.ask('here', {}, 100))).toBe('away')
      expect(() => two.tell('here', {})).not.toThrow()
      // The server may learn a moment later that the connection has ended.
      await expect.poll(() => kindOf(one.ask('here', {}, 500)), { timeout: 10_000 }).toBe('nobody')
    })

    test('a megabyte of text arrives whole, and nothing is no message that breaks anything', async () => {
      const large = 'presence '.repeat(120_000)
      two.answer('echo', (message) => message)
      await settle()
      expect(await one.ask('echo', large, 10_000)).toBe(large)
      expect(await one.ask('echo', undefined, 5_000)).toBe(null)
    })

    test('a subject that is none is refused where it is written', async () => {
      for (const wrong of ['', 'a..b', 'a b', 'a.>', 'ä']) {
        expect(() => one.tell(wrong, {})).toThrow('is no subject')
        expect(() => one.answer(wrong, () => {})).toThrow('is no subject')
      }
      expect(() => one.tell('a.*', {})).toThrow('is no subject')
    })

    test('another installation hears nothing of this one', async () => {
      const other = await place.joinOther()
      const heard: unknown[] = []
      other?.hear('news', (message) => heard.push(message))
      other?.answer('own', () => true)
      await settle()
      one.tell('news', 1)
      expect(await kindOf(one.ask('own', {}, 5_000))).toBe('nobody')
      await settle()
      expect(heard).toEqual([])
      await other?.close()
    })
  })
}
