import { expect, test } from 'vitest'
import type { Row } from '../rows.ts'
import { checkServer } from './schema.ts'
import type { Session } from './session.ts'

const answering = (row: Row): Session => ({
  rows: async () => [row],
  run: async () => 0,
  lost: new Promise(() => {}),
  close: async () => {},
  processId: 7,
})

test('a server that is too old, has another encoding, only reads or is none itself is refused', async () => {
  await checkServer(answering([130_000, 'UTF8', 7, 'off']), 'w')
  await expect(checkServer(answering([120_022, 'UTF8', 7, 'off']), 'w')).rejects.toThrow(
    /version 12\..*13 or newer/,
  )
  await expect(checkServer(answering([150_000, 'LATIN1', 7, 'off']), 'w')).rejects.toThrow(
    /encoded in LATIN1.*template0/,
  )
  await expect(checkServer(answering([150_000, 'UTF8', 7, 'on']), 'w')).rejects.toMatchObject({
    code: '25006',
  })
  await expect(checkServer(answering([150_000, 'UTF8', 8, 'off']), 'w')).rejects.toMatchObject({
    code: 'POOLER',
  })
})
