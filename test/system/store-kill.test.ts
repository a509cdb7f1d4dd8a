import { expect, test } from 'vitest'
import { makeSqlitePlace } from '../contract/sqlite-place.ts'
import { killWriters } from './support/store-kills.ts'

const kills = 50

test(`nothing acknowledged is lost and no commit is torn by ${kills} kills during writes`, async () => {
  const place = await makeSqlitePlace()
  try {
    const commits = await killWriters(place, kills)
    expect(commits).toBeGreaterThan(kills)
    console.log(`${kills} kills, ${commits} acknowledged commits, none lost, none torn`)
  } finally {
    await place.remove()
  }
})
