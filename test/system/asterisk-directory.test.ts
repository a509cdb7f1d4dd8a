import { expect, test } from 'vitest'
import { started } from './asterisk-world.ts'

test('G-06: the directory is everyone or nothing: while the PBX is away, nobody is taken to have left', async () => {
  const { ami, instance, until, recording } = await started()
  const everyone = await instance.directory!()
  expect(everyone.map(({ address, mails }) => [address, mails])).toEqual([
    ['1001', ['anna@contoso.example']],
    ['1002', ['ben@contoso.example']],
    ['1003', []],
  ])
  ami.dropConnections()
  await until(() => recording.healths.at(-1)?.state === 'degraded', 'the connection to be lost')
  await expect(instance.directory!()).rejects.toThrow('The PBX is not connected.')
  await until(() => recording.healths.at(-1)?.state === 'up', 'the connection to be back')
  expect(await instance.directory!()).toEqual(everyone)
})
