import { appendFileSync } from 'node:fs'
import { loadGraphContract } from './contract.ts'
import { watchGraph } from './watch.ts'

/** For `node --import`: watches the lab of a process of its own, and of this one where it is imported. */

let contract: ReturnType<typeof loadGraphContract> | 'unread' = 'unread'
const load = () => {
  if (contract === 'unread') contract = loadGraphContract()
  return contract
}

export const stopWatching = watchGraph(load, (problem) => {
  const file = process.env.HOOKSWITCH_TEST_GRAPH_PROBLEMS
  if (file) appendFileSync(file, `${problem}\n`)
})
