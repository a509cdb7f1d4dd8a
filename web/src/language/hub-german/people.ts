import type { HubSentences } from '../hub-translator.ts'

/** How people stand, and problems that somebody is told of (src/apps/hub). */
export const peopleSentences: HubSentences = {
  'The configuration comes from a file: people are changed there.':
    'Die Konfiguration kommt aus einer Datei: dort werden Personen geändert.',
  'This hub was started with a configuration that cannot be changed while it runs.':
    'Dieser Hub wurde mit einer Konfiguration gestartet, die sich im Betrieb nicht ändern lässt.',
  'One thing is wrong in this table.': 'Eines stimmt in dieser Tabelle nicht.',
  '{number} things are wrong in this table.': '{number} Dinge stimmen in dieser Tabelle nicht.',
  '{count} wrong in this table.': '{count} in dieser Tabelle falsch.',
  'One thing is': 'eines ist',
  '{number} things are': '{number} Dinge sind',
  'Who is at {connector} was not asked for: its programs connect to the running hub, which asks them.':
    'Wer bei {connector} ist, wurde nicht gefragt: seine Programme verbinden sich mit dem laufenden Hub, der sie fragt.',
  'Who is at {connector} cannot be read: {reason}':
    'Wer bei {connector} ist, lässt sich nicht lesen: {reason}',
  'Nobody has an address at {connector}: it does nothing.':
    'Niemand hat eine Adresse bei {connector}: er tut nichts.',
  'Give people addresses: { {connector}: ... }, or leave the connector out.':
    'Geben Sie Personen addresses: { {connector}: ... }, oder lassen Sie den Konnektor weg.',
  'and {number} more, named on the board.': 'und {number} weitere, auf dem Board genannt.',
  '{reason}; it is kept in step because its address is given by hand, or syncShared is set.':
    '{reason}; abgeglichen wird es, weil seine Adresse von Hand gegeben oder syncShared gesetzt ist.',
  '{connector}: {person} has no phone at {system}.': '{connector}: {person} hat kein Telefon bei {system}.',
  'Correct addresses: { {connector}: ... }, or give {person} a phone there.':
    'Berichtigen Sie addresses: { {connector}: ... }, oder geben Sie {person} dort ein Telefon.',
  'what the hub wrote at a connector that is not configured any more cannot be taken back':
    'was der Hub an einem Konnektor geschrieben hat, der nicht mehr eingetragen ist, lässt sich nicht zurücknehmen',
  'Put the connector {connector} back into the configuration without links, or look at these addresses by hand.':
    'Tragen Sie den Konnektor {connector} ohne Verknüpfungen wieder ein, oder sehen Sie diese Adressen von Hand durch.',
  'It gives no reason.': 'Es nennt keinen Grund.',
  '{place} is down': '{place} ist ausgefallen',
  '{place} is degraded': '{place} läuft eingeschränkt',
  '{place} is stopped': '{place} ist angehalten',
  '{place} is not up yet': '{place} läuft noch nicht',
  'not up yet': 'läuft noch nicht',
  'Somebody else keeps changing {slot} of {name} <{upn}> at {where}':
    'Jemand anders ändert immer wieder {slot} von {name} <{upn}> bei {where}',
  'Three of our writes were undone: {times}. Nothing is written there until {until}. Likely {by}.':
    'Dreimal wurde rückgängig gemacht, was wir geschrieben haben: {times}. Bis {until} wird dort nichts geschrieben. Wahrscheinlich {by}.',
  "the phone system's own connector to the collaboration system, or another tool that sets do not disturb on {title}":
    'der eigene Konnektor der Telefonanlage, oder ein anderes Werkzeug, das an {title} Nicht stören setzt',
  "a phone system's own connector for {title}, or another presence tool":
    'der eigene Konnektor einer Telefonanlage für {title}, oder ein anderes Werkzeug für Präsenz',
  'Let one of the two write: switch the other one off, or remove the link to {connector}.':
    'Lassen Sie einen von beiden schreiben: schalten Sie den anderen ab, oder entfernen Sie die Verknüpfung zu {connector}.',
  'Another hub seems to use the same application as {connector}':
    'Ein anderer Hub scheint dieselbe Anwendung zu benutzen wie {connector}',
  'Within ten minutes what we wrote for {people} ({names}) vanished{again}, or stayed after we had cleared it. Everyone who signs in with the same application writes the same session, so that two of them undo each other. The likely other writer is a second hub (a test system, an old server) with the same application id.':
    'In zehn Minuten ist verschwunden, was wir für {people} ({names}) geschrieben hatten{again}, oder geblieben, nachdem wir es gelöscht hatten. Wer sich mit derselben Anwendung anmeldet, schreibt dieselbe Sitzung; zwei davon machen einander rückgängig. Der andere ist wahrscheinlich ein zweiter Hub (ein Testsystem, ein alter Server) mit derselben Anwendungs-Id.',
  'again and again': 'immer wieder',
  'one person': 'eine Person',
  '{number} people': '{number} Personen',
  'Give each hub an app registration of its own, or switch the other one off. If there is none, the system itself dropped sessions: its status page may tell.':
    'Geben Sie jedem Hub eine eigene App-Registrierung, oder schalten Sie den anderen ab. Gibt es keinen, hat das System selbst Sitzungen fallen lassen: vielleicht sagt es seine Statusseite.',
  'Make a new certificate, upload it beside the old one, then configure it here and restart.':
    'Erzeugen Sie ein neues Zertifikat, laden Sie es neben das alte hoch, richten Sie es dann hier ein, und starten Sie neu.',
  'Make a new secret beside the old one, configure it here with the date of its end, restart, then delete the old one.':
    'Erzeugen Sie neben dem alten ein neues Geheimnis, richten Sie es hier mit dem Datum seines Endes ein, starten Sie neu, und löschen Sie dann das alte.',
  'The {what} of {place} has expired': '{what} von {place} ist abgelaufen',
  'The {what} of {place} expires soon': '{what} von {place} läuft bald ab',
  'The {what} of {tenant}/{connector} {when}': '{what} von {tenant}/{connector}: {when}',
  'has expired': 'ist abgelaufen',
  'expires soon': 'läuft bald ab',
  certificate: 'Zertifikat',
  'client secret': 'geheimer Clientschlüssel',
  '{setting} expires in {days} days ({day}). After that nobody can be read or written there.':
    '{setting} läuft in {days} Tagen ab ({day}). Danach kann dort niemand gelesen oder geschrieben werden.',
  '{setting} {when} ({day}). After that nobody can be read or written there.':
    '{setting} {when} ({day}). Danach kann dort niemand gelesen oder geschrieben werden.',
  'The store takes nothing': 'Der Speicher nimmt nichts an',
  'The hub {node} reaches no NATS server': 'Der Hub {node} erreicht keinen NATS-Server',
  'It goes on with the tenants that it has. People of tenants at another hub are shown as they were heard last, and what is asked about one of them is not answered.':
    'Er macht mit den Mandanten weiter, die er hat. Personen von Mandanten an einem anderen Hub werden gezeigt, wie zuletzt von ihnen gehört wurde, und was über eine von ihnen gefragt wird, bleibt ohne Antwort.',
  'Bring a NATS server of cluster.nats.servers back, and see that this hub reaches it: network, account, certificate. The hub goes on by itself; do not restart it meanwhile, for a start needs NATS.':
    'Bringen Sie einen NATS-Server aus cluster.nats.servers zurück, und sehen Sie nach, ob dieser Hub ihn erreicht: Netz, Konto, Zertifikat. Der Hub macht von selbst weiter; starten Sie ihn inzwischen nicht neu, denn ein Start braucht NATS.',
  'The tenant {tenant} cannot be begun at the hub {node}':
    'Mit dem Mandanten {tenant} kann der Hub {node} nicht beginnen',
  '{reason}. Until it can, nobody of it is followed anywhere: what was written in Teams runs out, and phones stay as they are. It is tried again every 5 s.':
    '{reason}. Bis er es kann, wird niemandem von ihm irgendwo gefolgt: was in Teams geschrieben wurde, läuft ab, und Telefone bleiben, wie sie sind. Es wird alle 5 s wieder versucht.',
  'Mend what is named, or stop this hub: another one tries then. Until then, phones that are to ring again: "hookswitch release --all" with every hub stopped.':
    'Beheben Sie das Genannte, oder halten Sie diesen Hub an: dann versucht es ein anderer. Bis dahin für Telefone, die wieder läuten sollen: „hookswitch release --all“, während jeder Hub steht.',
  'The hub {node} does not have the newest configuration':
    'Der Hub {node} hat nicht die neueste Konfiguration',
  'It could not take over version {version} by {author}: {reason}. It goes on with what it had, and tries again every 10 s.':
    'Er konnte Version {version} von {author} nicht übernehmen: {reason}. Er arbeitet mit der früheren weiter und versucht es alle 10 s wieder.',
  'Mend what is named on the machine of this hub, or go back to an earlier version.':
    'Beheben Sie das Genannte am Rechner dieses Hubs, oder kehren Sie zu einer früheren Version zurück.',
  '{reason}. Nothing is written anywhere until it does, so that nothing is forgotten.':
    '{reason}. Bis er es tut, wird nirgends etwas geschrieben, damit nichts vergessen wird.',
  'Free the disk of the data folder, or bring the database server back: the hub goes on by itself. Where it has ended, repair the disk and start it again.':
    'Schaffen Sie Platz auf der Platte des Datenordners, oder bringen Sie den Datenbankserver zurück: der Hub macht von selbst weiter. Wo er geendet hat, reparieren Sie die Platte und starten ihn wieder.',
  'The clock stepped, or the process stood still': 'Die Uhr ist gesprungen, oder der Prozess stand still',
  'Wall clock and elapsed time parted by more than 5 s. Every source was asked again; nothing expired meanwhile.':
    'Uhr und verstrichene Zeit gingen mehr als 5 s auseinander. Jede Quelle wurde neu gefragt; abgelaufen ist inzwischen nichts.',
  'Keep the clock by NTP without steps, and see whether the machine was suspended or overloaded.':
    'Führen Sie die Uhr über NTP ohne Sprünge, und sehen Sie nach, ob der Rechner schlief oder überlastet war.',
  '{number} more of this kind': '{number} weitere dieser Art',
  'Run "hookswitch check": it names each of them.': 'Rufen Sie „hookswitch check“ auf: es nennt jede.',
  'Links of {tenant}: {what}': 'Verknüpfungen von {tenant}: {what}',
  'The configuration may say so, but it is seldom meant. "hookswitch check" shows the whole routing.':
    'Die Konfiguration darf das sagen, gemeint ist es selten. „hookswitch check“ zeigt das ganze Routing.',
  '{shown} of {name} <{upn}> at {connector} {address} outlives its cause':
    '{shown} von {name} <{upn}> bei {connector} {address} überlebt seinen Grund',
  'We wrote it at {at} because of: {cause}. Since {since} {why}. Calls may be lost.':
    'Wir haben es um {at} geschrieben wegen: {cause}. Seit {since} {why}. Anrufe können verloren gehen.',
  'Take it back with: hookswitch release {upn}': 'Nehmen Sie es zurück mit: hookswitch release {upn}',
  'the configuration leaves them out (sync: false)': 'die Konfiguration nimmt sie aus (sync: false)',
  'set sync: true': 'setzen Sie sync: true',
  'the configuration leaves them out by name': 'die Konfiguration nimmt sie namentlich aus',
  'take the UPN out of people: except': 'nehmen Sie den UPN aus people: except',
  'the account in {connector} is a guest, whose presence belongs to another tenant':
    'das Konto in {connector} ist ein Gast, dessen Präsenz zu einem anderen Mandanten gehört',
  'synchronise them in their home tenant': 'gleichen Sie die Person in ihrem eigenen Mandanten ab',
  'the account in {connector} is disabled': 'das Konto in {connector} ist deaktiviert',
  'enable it': 'aktivieren Sie es',
  'no phone system knows {mail}, nor another mail address of theirs':
    'keine Telefonanlage kennt {mail} oder eine andere ihrer Mailadressen',
  'give the extension by hand, or write the mail address to it in the phone system':
    'geben Sie die Nebenstelle von Hand, oder schreiben Sie in der Telefonanlage die Mailadresse dazu',
  'Columns are upn, {names}.': 'Spalten sind upn, {names}.',
  'is neither yes nor no: {text}': 'ist weder yes noch no: {text}',
  'Write yes or no.': 'Schreiben Sie yes oder no.',
  'is there twice': 'ist zweimal da',
  'Take one of the columns out.': 'Nehmen Sie eine der Spalten heraus.',
  'is not UTF-8': 'ist nicht UTF-8',
  'Save the table as "CSV UTF-8", or it would change names with umlauts.':
    'Speichern Sie die Tabelle als „CSV UTF-8“, sonst würde sie Namen mit Umlauten ändern.',
  'has no column "upn"': 'hat keine Spalte „upn“',
  'Begin with a line of names; export the people to see one.':
    'Beginnen Sie mit einer Zeile von Namen; geben Sie die Personen aus, um eine zu sehen.',
  'is no UPN: {text}': 'ist kein UPN: {text}',
  'It has the form name@domain.': 'Er hat die Form name@domain.',
  'is in line {line} already: {upn}': 'steht schon in Zeile {line}: {upn}',
  'Put a person in one line.': 'Schreiben Sie eine Person in eine Zeile.',
  'sync is paused for a while': 'der Abgleich ist für eine Weile pausiert',
  'switch it on at the person': 'schalten Sie ihn bei der Person ein',
  'the account in {connector} has no licence': 'das Konto in {connector} hat keine Lizenz',
  'give the account a licence with presence, or leave the person out':
    'geben Sie dem Konto eine Lizenz mit Präsenz, oder nehmen Sie die Person aus',
  'presence is switched off for the account in {connector}':
    'für das Konto in {connector} ist die Präsenz ausgeschaltet',
  'switch it on there, or leave the person out': 'schalten Sie sie dort ein, oder nehmen Sie die Person aus',
  'kept in step at {systems}': 'abgeglichen bei {systems}',
  'the links are for those who have opted in only':
    'die Verknüpfungen gelten nur für die, die zugestimmt haben',
  'opt {upn} in once they have agreed': 'schalten Sie {upn} ein, sobald die Zustimmung da ist',
  'writes for who has signed in with their own account only':
    'geschrieben wird nur für die, die sich mit dem eigenen Konto angemeldet haben',
  '{upn} signs in once on the page of their own': '{upn} meldet sich einmal auf der eigenen Seite an',
  'no link between {systems} covers this person': 'keine Verknüpfung zwischen {systems} erfasst diese Person',
  'add a link, or name the person or a group of theirs in one':
    'fügen Sie eine Verknüpfung hinzu, oder nennen Sie die Person oder eine ihrer Gruppen in einer',
  'has an address at no system': 'hat an keinem System eine Adresse',
  'has an address at {system} only': 'hat nur bei {system} eine Adresse',
  'give an address at another system by hand, or leave the person out':
    'geben Sie von Hand eine Adresse an einem anderen System, oder nehmen Sie die Person aus',
  'shown to administrators and to the person only': 'nur der Administration und der Person selbst gezeigt',
  'not shown to those of {groups}': 'denen von {groups} nicht gezeigt',
}
