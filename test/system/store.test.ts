import { makeSqlitePlace } from '../contract/sqlite-place.ts'
import { storeContract } from '../contract/store.ts'

storeContract('SQLite', makeSqlitePlace)
