import { countingIn } from './counting.ts'

const count = countingIn('en')

/** Versions of the configuration: what changed, and the way back. */
export const englishVersions = {
  title: 'Version history',
  none: 'Nothing was saved here yet.',
  inFile: 'A configuration in a file has no versions here: keep the file under version control.',
  version: (number: number) => `Version ${number}`,
  inForce: 'in force',
  by: (author: string) => `by ${author}`,
  look: 'What changed',
  lookAt: (number: number) => `What changed in version ${number}`,
  hide: 'Hide',
  unchanged: 'Nothing that is shown here changed.',
  notKnown: 'What was before is not kept any more.',
  ofHub: 'Hub',
  was: 'Was',
  is: 'Is',
  what: 'What',
  wholeTenant: 'the whole tenant',
  backTo: (number: number) => `Go back to version ${number}`,
  backTitle: (number: number) => `Go back to version ${number}?`,
  backText:
    'The tenant is as it was then, with the secrets of that time, as a new version. What no link wants any more is taken back.',
  backWholeText:
    'The whole configuration, every tenant of it, is as it was then, with the secrets of that time, as a new version.',
  backLink: (link: string) => `Only ${link}, as it was then`,
  done: (number: number) => `It is as in version ${number} again, as a new version.`,
  more: (rest: number) => count(rest, { one: '1 older version', other: `${rest} older versions` }),
}
