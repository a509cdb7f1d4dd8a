import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Makes lib/ from src/ for the npm package: Node strips no types below node_modules
 * (nodejs.org/api/typescript.html#type-stripping-in-dependencies), so that what is installed has to be JavaScript. Line
 * and column of every statement stay as they are in src/.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const to = join(root, 'lib')
rmSync(to, { recursive: true, force: true })

for (const path of globSync('src/**/*.*', { cwd: root })) {
  if (/\.(test|d)\.ts$|^src\/agent-client\/.*\.(json|md)$/.test(path)) continue
  const target = join(to, path.slice('src/'.length))
  mkdirSync(dirname(target), { recursive: true })
  if (!path.endsWith('.ts')) cpSync(join(root, path), target)
  else writeFileSync(target.replace(/\.ts$/, '.js'), toJavaScript(readFileSync(join(root, path), 'utf8')))
}

/** Imports, and files that threads are started with, name the file that is there. */
function toJavaScript(text: string): string {
  return stripTypeScriptTypes(text).replaceAll(/(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g, '$1$2.js$1')
}
