/** The forms of a word with a number, by the plural categories of CLDR that English and German have. */
export interface Forms {
  readonly one: string
  readonly other: string
}

/** Chooses the form for a number by the rules of one language. */
export function countingIn(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language)
  return (count, forms) => (rules.select(count) === 'one' ? forms.one : forms.other)
}
