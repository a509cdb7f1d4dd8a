import { readdirSync, readFileSync } from 'node:fs'

/** Kernel ticks a second: 100 on Linux for every program (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100

/** CPU time of the PostgreSQL server whose files are in this folder, all its processes together, seconds. Linux. */
export function postgresCpuSeconds(folder: string): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readProcess(pid) ?? [])
  const head = processes.find(({ command }) => command.includes(folder))
  return processes
    .filter(({ pid, parent }) => head && (pid === head.pid || parent === head.pid))
    .reduce((sum, { ticks }) => sum + ticks / ticksPerSecond, 0)
}

/** Undefined when it has ended meanwhile. */
function readProcess(pid: string) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    if (!command.includes('postgres')) return undefined
    // Behind the name, which may hold blanks: state, parent, ... utime and stime (proc(5), fields 14 and 15).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return { pid, command, parent: fields[1]!, ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return undefined
  }
}
