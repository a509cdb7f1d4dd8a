import type { HubSentences } from './hub-translator.ts'

/** Settings of a tenant, and what every connector has: labels and explanations. */
export const tenantFields: HubSentences = {
  Tenant: 'Mandant',
  'One organisation; tenants share nothing.': 'Eine Organisation; Mandanten teilen nichts.',
  Id: 'Id',
  'Names the tenant in the API: letters, digits, - and _.':
    'Benennt den Mandanten in der API: Buchstaben, Ziffern, - und _.',
  Connectors: 'Konnektoren',
  'The systems of this tenant.': 'Die Systeme dieses Mandanten.',
  Connector: 'Konnektor',
  'One connected system. Its further fields depend on its type.':
    'Ein verbundenes System. Seine weiteren Felder hängen vom Typ ab.',
  'Names this connection in links and addresses: letters, digits, - and _.':
    'Benennt diese Verbindung in Verknüpfungen und Adressen: Buchstaben, Ziffern, - und _.',
  Type: 'Typ',
  'Which kind of system it is.': 'Welche Art von System es ist.',
  Site: 'Standort',
  'Name of the site near the phone system where this connector runs (`hookswitch site`), which dials out to this hub. Left out, it runs here. See docs/operations/sites.md.':
    'Name des Standorts bei der Telefonanlage, an dem dieser Konnektor läuft (`hookswitch site`) und der sich mit diesem Hub verbindet. Ohne Angabe läuft er hier. Siehe docs/operations/sites.md.',
  'Minutes without the hub': 'Minuten ohne den Hub',
  'For a connector at a site: how long what was written at phones stays there while the site has no link to this hub; then the site takes it back by itself. Left out, 15. See docs/operations/sites.md.':
    'Für einen Konnektor an einem Standort: wie lange an Telefonen bleibt, was dort geschrieben wurde, während der Standort keine Verbindung zu diesem Hub hat; dann nimmt der Standort es von sich aus zurück. Ohne Angabe 15. Siehe docs/operations/sites.md.',
  'Teams sync': 'Abgleich mit Teams',
  'For a phone system: who keeps it and Teams in step. `hub` (also when left out): links of this file do, and the vendor’s own connector must be off. `vendor`: its own connector does, no link between the two is allowed, and Teams is read as carrying its calls.':
    'Für eine Telefonanlage: wer sie mit Teams abgleicht. `hub` (auch ohne Angabe): Verknüpfungen tun es, und der eigene Konnektor des Herstellers muss aus sein. `vendor`: dessen Konnektor tut es, keine Verknüpfung zwischen beiden ist erlaubt, und Teams wird so gelesen, dass es deren Anrufe enthält.',
  Application: 'Anwendung',
  '`operator`: it signs in with the application of the operator (`applications`), once somebody consented to it for their organisation and that was confirmed. Left out, with one of its own.':
    '`operator`: meldet sich mit der Anwendung des Betreibers an (`applications`), sobald ihr jemand für die Organisation zugestimmt hat und das bestätigt wurde. Ohne Angabe mit einer eigenen.',
  'Read only': 'Nur lesen',
  'Nothing is written at this system: links to it decide and explain, and the permissions for writing are not needed. To begin with.':
    'An diesem System wird nichts geschrieben: Verknüpfungen dorthin entscheiden und erklären, und Rechte zum Schreiben sind nicht nötig. Für den Anfang.',
  Consent: 'Zustimmung',
  'For whom the hub acts at Microsoft 365. `everyone`: whom a link covers. `optIn`: of them, only who switched it on themselves. `paired`: Teams is read for everyone, and written only for who signed in with their own Microsoft account, with that sign-in. See docs/guide/consent.md.':
    'Für wen der Hub bei Microsoft 365 handelt. `everyone`: wen eine Verknüpfung erfasst. `optIn`: davon nur, wer es selbst eingeschaltet hat. `paired`: Teams wird für alle gelesen und nur für die geschrieben, die sich mit dem eigenen Microsoft-Konto angemeldet haben, mit dieser Anmeldung. Siehe docs/guide/consent.md.',
  'Synchronise shared phones': 'Geteilte Telefone abgleichen',
  'Shared and hot-desk extensions are listed as such and left alone unless this is true; one whose address is given by hand is kept in step.':
    'Nebenstellen geteilter Telefone und Wechselplätze werden als solche genannt und sonst in Ruhe gelassen; eine, deren Adresse von Hand gegeben ist, wird abgeglichen.',
  Preset: 'Vorlage',
  'The rules of links that name no preset of their own, where that preset has a table for their direction.':
    'Die Regeln von Verknüpfungen ohne eigene Vorlage, wo diese Vorlage eine Tabelle für ihre Richtung hat.',
  History: 'Verlauf',
  'What is kept of the past, and who sees why. Off unless a number of days is set.':
    'Was von Vergangenem aufbewahrt wird, und wer sieht, warum. Aus, solange keine Zahl von Tagen gesetzt ist.',
  Days: 'Tage',
  'How long it is kept what each person’s systems said and what was written for them. 0 keeps nothing but writes of the last 15 minutes; `explain --at`, and `replay`, need at least 1.':
    'Wie lange aufbewahrt wird, was die Systeme jeder Person sagten und was für sie geschrieben wurde. 0 behält nur Geschriebenes der letzten 15 Minuten; `explain --at` und `replay` brauchen mindestens 1.',
  'Works council mode': 'Betriebsratsmodus',
  'Keeps no history whatever `days` says, and shows reasons, signals and writes only to tokens with the scope `admin`: others see a state and that it is kept in step.':
    'Führt keinen Verlauf, was auch `days` sagt, und zeigt Gründe, Signale und Geschriebenes nur Token mit dem Bereich `admin`: andere sehen einen Zustand und dass abgeglichen wird.',
  'Hidden people': 'Verborgene Personen',
  'People whom the board and the API do not show, to everyone or to some viewers.':
    'Personen, die Board und API nicht zeigen, niemandem oder manchen nicht.',
  'Who is not shown, and to whom. They are kept in step like everybody else.':
    'Wer wem nicht gezeigt wird. Abgeglichen wird wie bei allen anderen.',
  People: 'Personen',
  'UPNs of who is hidden.': 'UPNs derer, die verborgen sind.',
  Groups: 'Gruppen',
  'Groups of people who are hidden.': 'Gruppen von Personen, die verborgen sind.',
  Viewers: 'Betrachter',
  'From whom: `viewer` of API tokens. Left empty, from every token without the scope `admin`.':
    'Vor wem: `viewer` von API-Token. Leer: vor jedem Token ohne den Bereich `admin`.',
  'Self-service': 'Selbstbedienung',
  'What people may choose for themselves on their own page.':
    'Was Personen auf der eigenen Seite selbst wählen dürfen.',
  'How calls are shown': 'Wie Anrufe gezeigt werden',
  'Whether people may choose how their calls are shown in Teams: as In a call, as Busy, or not at all. Else the links say it.':
    'Ob Personen wählen dürfen, wie ihre Anrufe in Teams gezeigt werden: als In einem Anruf, als Beschäftigt oder gar nicht. Sonst sagen es die Verknüpfungen.',
  'Time zone': 'Zeitzone',
  'IANA name, such as Europe/Berlin. Left out, that of the machine counts.':
    'IANA-Name, etwa Europe/Berlin. Ohne Angabe zählt die des Rechners.',
  Ringing: 'Klingeln',
  'Whether a call rings: what no system tells by itself, emergency calls, and who gets through.':
    'Ob ein Anruf klingelt: was kein System von selbst sagt, Notrufe, und wer durchkommt.',
  'Busy on busy': 'Besetzt bei besetzt',
  'The Teams calling policy for a second call during a Teams call, which no API tells: `disabled` rings, `enabled` rejects, `unanswered` diverts, `userOverride` leaves it to each person.':
    'Die Anrufrichtlinie von Teams für einen zweiten Anruf während eines Teams-Anrufs, die keine API verrät: `disabled` klingelt, `enabled` weist ab, `unanswered` leitet um, `userOverride` überlässt es jeder Person.',
  'Do not disturb and queues': 'Nicht stören und Warteschlangen',
  'What do not disturb of a phone means to the queues of its phone system.':
    'Was Nicht stören eines Telefons für die Warteschlangen seiner Telefonanlage bedeutet.',
  Softphones: 'Softphones',
  'Connectors whose shown state decides what a softphone signals. Left out: the collaboration connectors, where the tenant or one of their links has the preset `mirage`.':
    'Konnektoren, deren gezeigter Zustand entscheidet, was ein Softphone signalisiert. Ohne Angabe: die der Zusammenarbeit, wo der Mandant oder eine ihrer Verknüpfungen die Vorlage `mirage` hat.',
  'Country code': 'Landesvorwahl',
  'Digits, for example 49: makes one number of its national and international spelling.':
    'Ziffern, zum Beispiel 49: macht aus nationaler und internationaler Schreibweise eine Nummer.',
  'International prefix': 'Internationale Verkehrsausscheidungsziffern',
  'Dialled before a country code.': 'Vor einer Landesvorwahl gewählt.',
  'National prefix': 'Nationale Verkehrsausscheidungsziffer',
  'Dialled before a national number; empty where there is none.':
    'Vor einer nationalen Nummer gewählt; leer, wo es keine gibt.',
  'Emergency calls': 'Notrufe',
  'When help may call back.': 'Wann Hilfe zurückrufen kann.',
  'Emergency numbers': 'Notrufnummern',
  'After a call to one of these the hub silences none of the caller’s phones, so that help can call back. Add those that hold where the phones are; remove those that are extensions of people the hub does not know.':
    'Nach einem Anruf an eine davon stellt der Hub kein Telefon des Anrufers still, damit Hilfe zurückrufen kann. Fügen Sie die hinzu, die am Ort der Telefone gelten; entfernen Sie die, die Nebenstellen von dem Hub unbekannten Personen sind.',
  'Outside line': 'Amtsholung',
  'Digits that may be dialled before such a number.':
    'Ziffern, die vor einer solchen Nummer gewählt werden können.',
  'Call back': 'Rückruf',
  'For how many minutes after the call; 0 switches the rule off.':
    'Für wie viele Minuten nach dem Anruf; 0 schaltet die Regel aus.',
  Breakthrough: 'Durchkommen',
  'Who rings although do not disturb is on, at phone systems that ask the hub (docs/guide/reachability.md).':
    'Wer trotz Nicht stören klingelt, an Telefonanlagen, die den Hub fragen (docs/guide/reachability.md).',
  Numbers: 'Nummern',
  'Callers who get through to everyone; `+4989123*` stands for all numbers that begin so.':
    'Anrufer, die zu allen durchkommen; `+4989123*` steht für alle Nummern, die so beginnen.',
  'Numbers of one person': 'Nummern einer Person',
  'Per UPN the callers who get through to that person only.':
    'Je UPN die Anrufer, die nur zu dieser Person durchkommen.',
  'Second call': 'Zweiter Anruf',
  'Whether a second call from the same number gets through.':
    'Ob ein zweiter Anruf von derselben Nummer durchkommt.',
  Within: 'Innerhalb von',
  'Minutes between the two calls.': 'Minuten zwischen den beiden Anrufen.',
}
