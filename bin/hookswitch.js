#!/usr/bin/env node
// Plain JavaScript that any Node can parse, so that an old one can be told what to do.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  process.stderr.write(
    `hookswitch needs Node.js 24 or newer, but this is ${process.version}. Run it through npm (npm start, npx hookswitch), which uses the runtime pinned by the project, or install Node.js 24.\n`,
  )
  process.exit(78)
}
const { main } = await import('../src/apps/cli/main.ts')
process.exitCode = await main(process.argv.slice(2))
