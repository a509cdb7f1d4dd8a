#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Plain JavaScript that any Node can parse, so that an old one can be told what to do.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  process.stderr.write(
    `hookswitch needs Node.js 24 or newer, but this is ${process.version}. Run it through npm (npm start, npx hookswitch), which uses the runtime pinned by the project, or install Node.js 24.\n`,
  )
  process.exit(78)
}
// A checkout runs what it is; the package carries it as JavaScript.
const program = existsSync(new URL('../src/apps', import.meta.url))
  ? (name) => import(`../src/apps/${name}.ts`)
  : (name) => import(`../lib/apps/${name}.js`)
// The hub runs in an address space of its own making: the same process, before it has loaded anything. Not where a parent
// holds a channel to it, which would break.
if (process.argv[2] === 'serve' && process.execve && !process.channel) {
  const { planRestart } = await program('memory-settings')
  const { platform, execArgv, env, execPath, argv } = process
  const restart = planRestart({ platform, execArgv, env })
  if (restart) process.execve(execPath, [execPath, ...restart.execArgv, ...argv.slice(1)], restart.env)
}
// The second start finds everything compiled, which saves time and 40 MB. Not in the shared folder for temporary
// files, where somebody else could put code of theirs; threads read the place from the environment.
const cache = fileURLToPath(new URL('../node_modules/.cache/hookswitch', import.meta.url))
process.env.NODE_COMPILE_CACHE ??= cache
const { enableCompileCache } = await import('node:module')
enableCompileCache(process.env.NODE_COMPILE_CACHE)
const { main } = await program('cli/main')
process.exitCode = await main(process.argv.slice(2))
