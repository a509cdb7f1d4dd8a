import { countingIn } from './counting.ts'

const count = countingIn('en')

/** Forms that are drawn from a schema. */
export const englishForm = {
  more: (fields: number) => count(fields, { one: '1 more setting', other: `${fields} more settings` }),
  asYaml: 'This is changed in the configuration as YAML only.',
  kept: 'Kept; never shown',
  replace: 'Replace',
  remove: 'Remove',
  keepAsItWas: 'Keep it as it was',
  keepRemoved: 'It is removed when you save. Keep it',
  usual: (value: string) => `As usual (${value})`,
  entry: 'Entry',
  add: 'Add',
  removeEntry: (place: number) => `Remove entry ${place}`,
  word: 'Word',
  meaning: 'Meaning',
}
