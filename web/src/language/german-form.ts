import { countingIn } from './counting.ts'
import type { englishForm } from './english-form.ts'

const count = countingIn('de')

export const germanForm: typeof englishForm = {
  more: (fields) => count(fields, { one: '1 weitere Einstellung', other: `${fields} weitere Einstellungen` }),
  asYaml: 'Das wird nur in der Konfiguration als YAML geändert.',
  kept: 'Bleibt erhalten; wird nie gezeigt',
  replace: 'Ersetzen',
  remove: 'Entfernen',
  keepAsItWas: 'Lassen, wie es war',
  keepRemoved: 'Wird beim Speichern entfernt. Doch behalten',
  usual: (value) => `Wie üblich (${value})`,
  entry: 'Eintrag',
  add: 'Hinzufügen',
  removeEntry: (place) => `Eintrag ${place} entfernen`,
  word: 'Wort',
  meaning: 'Bedeutung',
}
