import type { englishMe } from './english-me.ts'

export const germanMe: typeof englishMe = {
  nobody:
    'Ihr Konto gehört zu keiner Person, deren Anwesenheit hier geführt wird. Bitten Sie Ihre Administration, ihm die Rolle eines Mitglieds zu geben.',
  asWhom: 'Als wer',
  consent: {
    title: 'Möchten Sie das?',
    label: 'Meine Anwesenheit abgleichen',
    on: 'Sie haben zugestimmt: Ihr Telefon und Microsoft Teams werden abgeglichen, soweit die Schalter unten es sagen.',
    off: 'In Microsoft Teams wird für Sie nichts gelesen und nichts geschrieben, bis Sie dies einschalten. Sie können es jederzeit wieder ausschalten.',
  },
  pairing: {
    title: 'Ihr Microsoft-Konto',
    states: { green: 'In Ordnung', amber: 'Kann nicht erneuert werden', red: 'Neu anmelden' },
    none: 'Sie haben sich nicht mit Ihrem Microsoft-Konto angemeldet. Bis dahin wird in Microsoft Teams für Sie nichts geschrieben.',
    account: (name, time) => `${name}, seit ${time}`,
    since: (time) => `Seit ${time}:`,
    begin: 'Mit Microsoft anmelden',
    again: 'Neu anmelden',
    lastTry: (time) => `Die letzte Anmeldung, ${time}, hat nicht geklappt:`,
    ended: {
      refused: 'Die Anmeldung hat nicht geklappt.',
      closed: 'Das Fenster wurde geschlossen, bevor Sie angemeldet waren.',
      blocked:
        'Teams konnte kein Fenster öffnen. Erlauben Sie Teams Pop-up-Fenster, oder nehmen Sie das Portal im Browser.',
    },
    forget: 'Diese Anmeldung vergessen',
  },
  directions: {
    title: 'Was folgt wem',
    follows: (to, from) => `${to} folgt ${from}`,
    off: (time) => `Aus seit ${time}. Was darüber geschrieben war, wurde zurückgenommen.`,
    observeOnly: 'Ihre Administration lässt den Hub hier nur zusehen: geschrieben wird nichts.',
    none: 'Keine zwei Ihrer Systeme sind verbunden. Das entscheidet Ihre Administration.',
  },
  calls: {
    title: 'Wie meine Anrufe in Microsoft Teams gezeigt werden',
    rules: 'Wie die Administration es eingestellt hat',
    inACall: 'Im Gespräch',
    busy: 'Beschäftigt',
    nothing: 'Gar nicht',
  },
  shown: { title: 'Was von Ihnen gezeigt wird, und warum', now: 'Ihre Kolleginnen und Kollegen sehen:' },
  stored: {
    title: 'Was über Sie gespeichert ist',
    text: 'Was Ihre Systeme jetzt sagen, was wann für Sie geschrieben wurde, und was Sie auf dieser Seite gewählt haben. Ihre Administration sieht, wer es angesehen hat.',
    save: 'Als Datei speichern',
    erase: 'Vergangenes löschen',
    eraseTitle: 'Was an Vergangenem gespeichert ist, löschen?',
    eraseText:
      'Der Verlauf Ihrer Anwesenheit und alles Geschriebene, das vorbei ist, werden endgültig gelöscht. Was Ihre Systeme jetzt sagen, bleibt, ebenso Ihre Wahl und das Protokoll.',
    keep: 'Behalten',
    eraseNow: 'Löschen',
    erased: 'Gelöscht.',
  },
  tab: {
    title: 'Soft Keys',
    opening: 'Sie werden über Microsoft Teams angemeldet',
    refused: 'Sie konnten über Microsoft Teams nicht angemeldet werden.',
    inBrowser:
      'Diese Seite ist für Microsoft Teams gedacht. Im Browser finden Sie Ihre eigene Seite im Portal.',
    toPortal: 'Portal öffnen',
    again: 'Noch einmal versuchen',
  },
}
