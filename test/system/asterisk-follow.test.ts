import { describe, expect, test } from 'vitest'
import { connect } from './asterisk-world.ts'

const many = Array.from({ length: 40 }, (_, index) => String(2000 + index))

/** The hub learns whom to follow from the directory, after the connection has begun. */
describe('people who are followed after the start', () => {
  const begun = async (missing: readonly string[] = []) => {
    const world = await connect({ missing })
    for (const extension of many) world.phones.put({ extension, displayName: `Person ${extension}` })
    world.phones.setDnd('2001', true)
    world.phones.start({ extension: '2002', party: 'external' })
    await world.instance.start([])
    const lists = () => world.requests.since(0).filter(({ method }) => method === 'ExtensionStateList').length
    return { ...world, lists }
  }

  test('all is told of them at once, and the PBX is not read a second time', async () => {
    const { instance, lists, legs, recording } = await begun()
    instance.follow(many)
    expect(recording.feeds.dnd('2001')).toBe(true)
    expect(recording.feeds.dnd('2000')).toBe(false)
    expect(legs('2002')).toBe('call confirmed outbound external')
    expect(recording.feeds.registered('2039')).toBe(true)
    await instance.directory!()
    expect(lists()).toBe(1)
  })

  test('do not disturb that the database got meanwhile is read, of those alone', async () => {
    const { ami, phones, instance, lists, until, recording } = await begun()
    phones.setDnd('2003', true)
    phones.setDnd('2001', false)
    await instance.directory!()
    // What the dialplan asks is the database; the device may say something else.
    ami.pbx.astdb.delete('DND', '2003')
    instance.follow(many)
    await until(() => recording.feeds.dnd('2001') === false, 'do not disturb that was cleared')
    await until(() => recording.feeds.dnd('2003') === false, 'what the database says')
    expect(lists()).toBe(1)
  })

  test('a PBX that tells of named extensions only is read for them', async () => {
    const { instance, until, recording } = await begun(['DBGetTree'])
    instance.follow(many)
    await until(() => recording.feeds.dnd('2001') === true, 'do not disturb of the database')
  })
})
