import { countingIn } from './counting.ts'
import type { englishVersions } from './english-versions.ts'

const count = countingIn('de')

export const germanVersions: typeof englishVersions = {
  title: 'Verlauf der Versionen',
  none: 'Hier wurde noch nichts gespeichert.',
  inFile:
    'Eine Konfiguration in einer Datei hat hier keine Versionen: verwalten Sie die Datei selbst in Versionen.',
  version: (number) => `Version ${number}`,
  inForce: 'in Kraft',
  by: (author) => `von ${author}`,
  look: 'Was sich änderte',
  lookAt: (number) => `Was sich änderte in Version ${number}`,
  hide: 'Ausblenden',
  unchanged: 'Nichts änderte sich, was hier gezeigt wird.',
  notKnown: 'Was davor war, ist nicht mehr aufgehoben.',
  ofHub: 'Hub',
  was: 'War',
  is: 'Ist',
  what: 'Was',
  wholeTenant: 'der ganze Mandant',
  backTo: (number) => `Zurück zu Version ${number}`,
  backTitle: (number) => `Zurück zu Version ${number}?`,
  backText:
    'Der Mandant ist wieder wie damals, mit den Geheimnissen von damals, als neue Version. Was keine Verknüpfung mehr will, wird zurückgenommen.',
  backWholeText:
    'Die ganze Konfiguration, mit allen Mandanten, ist wieder wie damals, mit den Geheimnissen von damals, als neue Version.',
  backLink: (link) => `Nur ${link}, wie damals`,
  done: (number) => `Es ist wieder wie in Version ${number}, als neue Version.`,
  more: (rest) => count(rest, { one: '1 ältere Version', other: `${rest} ältere Versionen` }),
}
