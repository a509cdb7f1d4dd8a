// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references as a configuration has them
import type { HubSentences } from '../hub-translator.ts'

/** Faults of secrets, of references and of what is the whole hub's; and the ways that are told after a check. */
export const hubConfigFaults: HubSentences = {
  '{names} sign in to {system} as the same client, but do not run in the same place, so each gets a token of its own and counts requests for itself':
    '{names} melden sich bei {system} als derselbe Client an, laufen aber nicht am selben Ort; so bekommt jeder ein eigenes Token und zählt Anfragen für sich',
  'Give each place a client of its own at {system}, or let all of them run in one.':
    'Geben Sie jedem Ort einen eigenen Client bei {system}, oder lassen Sie alle an einem laufen.',
  '{names} sign in to {system} as the same client, so these tenants are always at the same hub':
    '{names} melden sich bei {system} als derselbe Client an, daher sind diese Mandanten immer beim selben Hub',
  'Give each tenant a client of its own at {system} where they are to be at different hubs.':
    'Geben Sie jedem Mandanten einen eigenen Client bei {system}, wo sie bei verschiedenen Hubs sein sollen.',
  'is not a time zone': 'ist keine Zeitzone',
  'Write an IANA name such as Europe/Berlin or UTC.':
    'Schreiben Sie einen IANA-Namen wie Europe/Berlin oder UTC.',
  'Give user and password, or neither.': 'Geben Sie Benutzer und Kennwort an oder keines von beiden.',
  'needs a store that several hubs can share': 'braucht einen Speicher, den sich mehrere Hubs teilen können',
  'Set store.kind to postgresql, and store.url.': 'Setzen Sie store.kind auf postgresql, und store.url.',
  'needs API tokens: being on the machine of one hub must not open the others':
    'braucht API-Tokens: wer am Rechner eines Hubs ist, darf damit nicht an die anderen kommen',
  'Add http.tokens, the same at every node.': 'Fügen Sie http.tokens hinzu, an jedem Knoten dieselben.',
  'has an account without a password, or a password without an account':
    'hat ein Konto ohne Kennwort oder ein Kennwort ohne Konto',
  'Give both user and password, or a token.': 'Geben Sie Benutzer und Kennwort an oder ein Token.',
  'Write tenants: [] here.': 'Schreiben Sie hier tenants: [].',
  'Take {part} out here; it is set in the portal.':
    'Nehmen Sie {part} hier heraus; es wird im Portal gesetzt.',
  'is in the store where cluster.configuration is stored':
    'steht im Speicher, wo cluster.configuration stored ist',
  'has no place in the stored configuration of several hubs: it is in the file of each':
    'gehört nicht in die gespeicherte Konfiguration mehrerer Hubs: es steht in der Datei jedes einzelnen',
  'has no place in a stored configuration: it is kept in the store itself':
    'gehört nicht in eine gespeicherte Konfiguration: es liegt im Speicher selbst',
  'has no place in a stored configuration: it is in the file of each hub':
    'gehört nicht in eine gespeicherte Konfiguration: es steht in der Datei jedes Hubs',
  'is no address and no range of addresses': 'ist weder eine Adresse noch ein Adressbereich',
  'Write 10.20.0.0/16, 10.20.0.7, 2001:db8::/32 or 2001:db8::5.':
    'Schreiben Sie 10.20.0.0/16, 10.20.0.7, 2001:db8::/32 oder 2001:db8::5.',
  'stands for every tenant of Entra ID': 'steht für alle Mandanten von Entra ID',
  'Name yours: https://login.microsoftonline.com/<tenant id>/v2.0.':
    'Nennen Sie Ihren: https://login.microsoftonline.com/<tenant id>/v2.0.',
  'Give claim and value, or neither.': 'Geben Sie claim und value an oder keines von beiden.',
  'makes everyone whom the provider signs in {role}': 'macht alle, die der Anbieter anmeldet, zu {role}',
  'Give claim and value.': 'Geben Sie claim und value an.',
  'has no meaning for operator, who runs every tenant':
    'hat für operator keinen Sinn, der alle Mandanten führt',
  'Leave it out, or make the role admin.': 'Lassen Sie es weg, oder machen Sie die Rolle zu admin.',
  'Name the tenant of this role.': 'Nennen Sie den Mandanten dieser Rolle.',
  'is for supervisor only': 'ist nur für supervisor',
  'needs to know whom of the people somebody is': 'muss wissen, welche der Personen jemand ist',
  'Set trustMail of this provider to true, if nobody can choose their address there.':
    'Setzen Sie trustMail dieses Anbieters auf true, wenn dort niemand die eigene Adresse wählen kann.',
  'has no address of the database': 'hat keine Adresse der Datenbank',
  'Add store.url: postgresql://ACCOUNT:PASSWORD@HOST:5432/DATABASE; best as a reference to an environment variable or a file.':
    'Fügen Sie store.url hinzu: postgresql://ACCOUNT:PASSWORD@HOST:5432/DATABASE; am besten als Verweis auf eine Umgebungsvariable oder eine Datei.',
  'is the address of a database, and the store is none':
    'ist die Adresse einer Datenbank, und der Speicher ist keine',
  'Set store.kind to postgresql, or take the address out.':
    'Setzen Sie store.kind auf postgresql, oder nehmen Sie die Adresse heraus.',
  'is a role of a database server, and the store is a file':
    'ist eine Rolle eines Datenbankservers, und der Speicher ist eine Datei',
  'Set store.kind to postgresql, or take the role out.':
    'Setzen Sie store.kind auf postgresql, oder nehmen Sie die Rolle heraus.',
  'is not a loopback address, and no API token is configured':
    'ist keine Adresse des eigenen Rechners, und kein API-Token ist eingerichtet',
  'Add http.tokens, or listen on 127.0.0.1.': 'Fügen Sie http.tokens hinzu, oder hören Sie auf 127.0.0.1.',
  'names a file of the machine that the hub runs on, which its operators do':
    'nennt eine Datei des Rechners, auf dem der Hub läuft; das tun dessen Betreiber',
  'Ask an operator of the hub.': 'Fragen Sie einen Betreiber des Hubs.',
  'refers to a secret, and this is no field for one':
    'verweist auf ein Geheimnis, und dieses Feld ist nicht für eines',
  'refers to a secret that was not given for this':
    'verweist auf ein Geheimnis, das nicht hierfür gegeben wurde',
  'has to come again, because the type is another one':
    'muss noch einmal angegeben werden, weil die Art eine andere ist',
  'has to come again, because {other} is another one':
    'muss noch einmal angegeben werden, weil {other} sich geändert hat',
  'refers to the environment variable {name}, which is not set':
    'verweist auf die Umgebungsvariable {name}, die nicht gesetzt ist',
  'Set {name} for the process that runs hookswitch.':
    'Setzen Sie {name} für den Prozess, der hookswitch ausführt.',
  'refers to the environment variable {name}, which is empty':
    'verweist auf die Umgebungsvariable {name}, die leer ist',
  'Give {name} a value.': 'Geben Sie {name} einen Wert.',
  'refers to the file {file}, {reason}': 'verweist auf die Datei {file}, {reason}',
  'which does not exist': 'die es nicht gibt',
  'which this user may not read': 'die dieser Benutzer nicht lesen darf',
  'which cannot be read ({code})': 'die nicht zu lesen ist ({code})',
  'Check the path; a relative one counts from the folder of the configuration file.':
    'Prüfen Sie den Pfad; ein relativer zählt vom Ordner der Konfigurationsdatei.',
  'refers to the file {file}, which is larger than 256 kB':
    'verweist auf die Datei {file}, die größer als 256 kB ist',
  'Check the path.': 'Prüfen Sie den Pfad.',
  'refers to the file {file}, which is empty': 'verweist auf die Datei {file}, die leer ist',
  'Fill the file.': 'Füllen Sie die Datei.',
  'refers to the secret {name}, which is not kept here':
    'verweist auf das Geheimnis {name}, das hier nicht liegt',
  'Send the secret itself.': 'Geben Sie das Geheimnis selbst an.',
  'has a reference of a kind that a stored configuration does not take':
    'hat einen Verweis, wie ihn eine gespeicherte Konfiguration nicht annimmt',
  'Send the value itself (secrets are sealed on arrival); for the characters write "$${".':
    'Geben Sie den Wert selbst an (Geheimnisse werden bei der Ankunft versiegelt); für die Zeichen schreiben Sie "$${".',
  'refers to a sealed secret, which only a stored configuration can':
    'verweist auf ein versiegeltes Geheimnis, was nur eine gespeicherte Konfiguration kann',
  'Write "${env:NAME}" or "${file:PATH}".': 'Schreiben Sie "${env:NAME}" oder "${file:PATH}".',
  'has a reference of a kind that is not known': 'hat einen Verweis von unbekannter Art',
  'Write "${env:NAME}" or "${file:PATH}"; for the characters themselves write "$${".':
    'Schreiben Sie "${env:NAME}" oder "${file:PATH}"; für die Zeichen selbst schreiben Sie "$${".',
  'has aliases (*name), which a stored configuration does not take':
    'hat Aliasse (*name), die eine gespeicherte Konfiguration nicht annimmt',
  'Write the repeated parts out.': 'Schreiben Sie die wiederholten Teile aus.',
  'mixes a secret with a reference, or has one of a kind that a stored configuration does not take':
    'vermischt ein Geheimnis mit einem Verweis, oder hat einen, wie ihn eine gespeicherte Konfiguration nicht annimmt',
  'Send the secret itself, or one reference as it was read; for the characters themselves write "$${".':
    'Geben Sie das Geheimnis selbst an oder einen Verweis, wie er gelesen wurde; für die Zeichen selbst schreiben Sie "$${".',
  '{system} shows what is said by: {sources}': '{system} zeigt, was gesagt wird von: {sources}',
  '{system} watches the extensions of {other}, and speaks in its place while {other2} cannot be heard; extensionsOf: {none} switches this off':
    '{system} beobachtet die Nebenstellen von {other} und spricht an dessen Stelle, solange {other2} nicht zu hören ist; extensionsOf: {none} schaltet das ab',
  '{text}; extensionsOf: {none} switches this off': '{text}; extensionsOf: {none} schaltet das ab',
  '{system} may see the phones of {others}: it is not told whose extensions to watch':
    '{system} sieht vielleicht die Telefone von {others}: ihm ist nicht gesagt, wessen Nebenstellen es beobachten soll',
  'Set extensionsOf to one of {others}, or give people addresses: { {example}: ... }.':
    'Setzen Sie extensionsOf auf eines von {others}, oder geben Sie Personen addresses: { {example}: ... }.',
  '{system} does not show what {other} says: there is a way by {between}, but nothing is passed on from system to system':
    '{system} zeigt nicht, was {other} sagt: über {between} gäbe es einen Umweg, aber von System zu System wird nichts weitergereicht',
  'Add a link { from: {from}, to: {to} }; with observeOnly: true where this is meant.':
    'Fügen Sie eine Verknüpfung { from: {from}, to: {to} } hinzu; mit observeOnly: true, wo es so gemeint ist.',
  "{system} and Teams are kept in step by the vendor's own connector; Teams is read as carrying the calls of {other}":
    '{system} und Teams gleicht der Konnektor des Herstellers ab; Teams wird so gelesen, dass es die Anrufe von {other} enthält',
  '{system} and Teams are kept in step by this hub: a connector of the vendor between the two must be off':
    '{system} und Teams gleicht dieser Hub ab: ein Konnektor des Herstellers zwischen beiden muss aus sein',
  '{link}: {rings}; silenceTeams: true writes Presenting in its place':
    '{link}: {rings}; silenceTeams: true schreibt stattdessen Präsentiert',
  '{link}: silenceTeams writes Do not disturb / Presenting during a call; colleagues see Presenting. Unverified: no live tenant has confirmed yet that calls do not ring':
    '{link}: silenceTeams schreibt während eines Anrufs Nicht stören / Präsentiert; Kollegen sehen Präsentiert. Ungeprüft: noch kein echter Mandant hat bestätigt, dass Anrufe nicht klingeln',
  'Try it with one person first: hookswitch check --live UPN.':
    'Versuchen Sie es erst mit einer Person: hookswitch check --live UPN.',
}
