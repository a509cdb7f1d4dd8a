import { execFileSync } from 'node:child_process'

/** The code that was measured: the short hash of its commit, "+ changes" where the tree differs from it. */
export function commitLine(): string {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' })
  try {
    // What the commands themselves write is no change of the code.
    const changes = git('status', '--porcelain', '--', ':(top)', ':(top,exclude)docs/figures.md').trim()
    return `Commit ${git('rev-parse', '--short', 'HEAD').trim()}${changes ? ' + changes' : ''}`
  } catch {
    return 'Commit unknown'
  }
}
