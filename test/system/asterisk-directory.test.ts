import { expect, test } from 'vitest'
import { started } from './asterisk-world.ts'

test('G-06: phones of the device-and-user mode of FreePBX that whoever sits there signs in to are marked', async () => {
  const { ami, instance } = await started()
  ami.pbx.hotDesk('5001', { user: '1002', defaultUser: '1003' })
  ami.pbx.hotDesk('5002', {})
  const marked = (await instance.directory!()).filter(({ hotDesk }) => hotDesk)
  expect(marked.map(({ address }) => address).sort()).toEqual(['1002', '1003'])
})

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
