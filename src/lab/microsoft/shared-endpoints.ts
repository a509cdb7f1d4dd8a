/** Stand for every tenant of work accounts. */
const shared = ['organizations', 'common']

export function isShared(path: string): boolean {
  return shared.includes(path)
}
