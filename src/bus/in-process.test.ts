import { busContract } from '../../test/contract/bus.ts'
import { createHall } from './in-process.ts'

const hall = createHall()
busContract('in one process', {
  join: async () => hall.join(),
  joinOther: async () => createHall().join(),
})
