import { availableParallelism, cpus, release, totalmem, type } from 'node:os'

/** The machine in one line; figures mean nothing without it. */
export function machineLine(): string {
  const model = cpus()[0]?.model.trim() || 'unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} cores (${model}), ${memory} GiB, ${type()} ${release().split('-')[0]}, Node.js ${process.versions.node}`
}
