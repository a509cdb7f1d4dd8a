// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references as a configuration has them
import type { HubSentences } from '../hub-translator.ts'

/** What is wrong in a configuration. The field that it is said of stands before it. */
export const configFaults: HubSentences = {
  'is missing': 'fehlt',
  'is not a known key': 'ist kein bekannter Schlüssel',
  'is not a known member': 'ist kein bekannter Schlüssel',
  'must be {type}, but is {other}': 'muss {type} sein, ist aber {other}',
  'must be one of {words}': 'muss eines sein von {words}',
  'must be {value}': 'muss {value} sein',
  'must be at least {number}': 'muss mindestens {number} sein',
  'must be at most {number}': 'darf höchstens {number} sein',
  'is empty': 'ist leer',
  'must have at least {number} characters': 'muss mindestens {number} Zeichen haben',
  'must have at most {number} characters': 'darf höchstens {number} Zeichen haben',
  'must list at least {number}': 'muss mindestens {number} aufzählen',
  'must list at most {number}': 'darf höchstens {number} aufzählen',
  'lists the same thing twice': 'zählt dasselbe zweimal auf',
  'does not have the right form': 'hat nicht die richtige Form',
  'is not a valid {format}': 'ist nicht gültig als {format}',
  'needs {key} beside it': 'braucht {key} daneben',
  'is not allowed in this form': 'ist in dieser Form nicht erlaubt',
  'mixes forms that exclude each other': 'vermischt Formen, die einander ausschließen',
  'fits none of its forms: {forms}': 'passt zu keiner seiner Formen: {forms}',
  text: 'Text',
  'a number': 'eine Zahl',
  'a whole number': 'eine ganze Zahl',
  'true or false': 'true oder false',
  'a list': 'eine Liste',
  'a group of keys': 'eine Gruppe von Schlüsseln',
  'text or a number': 'Text oder eine Zahl',
  'text or a list': 'Text oder eine Liste',
  nothing: 'nichts',
  'Did you mean "{word}"?': 'Meinten Sie „{word}“?',
  'Did you mean {word}? {possible}': 'Meinten Sie {word}? {possible}',
  'None is known here.': 'Hier ist keines bekannt.',
  'Known here: {words}.': 'Hier bekannt: {words}.',
  'Possible there: {states}.': 'Dort möglich: {states}.',
  'Remove it.': 'Nehmen Sie es heraus.',
  'Remove it. Possible there: {states}.': 'Nehmen Sie es heraus. Dort möglich: {states}.',
  'Leave it out.': 'Lassen Sie es weg.',
  'is not known in this tenant': 'ist in diesem Mandanten nicht bekannt',
  'is not the id of a tenant': 'ist nicht die Id eines Mandanten',
  'is not the id of a connector of this tenant': 'ist nicht die Id eines Konnektors dieses Mandanten',
  'is not the id of another phone system of this tenant with the same kind of addresses':
    'ist nicht die Id einer anderen Telefonanlage dieses Mandanten mit der gleichen Art von Adressen',
  'is not a known type of connector': 'ist keine bekannte Art von Konnektor',
  'is not the UPN of a person of this tenant': 'ist nicht der UPN einer Person dieses Mandanten',
  'is not a user principal name': 'ist kein Benutzerprinzipalname',
  'Write it as name@domain, as under people.': 'Schreiben Sie ihn als name@domain, wie unter people.',
  'is a group that nobody belongs to': 'ist eine Gruppe, zu der niemand gehört',
  'cannot be told for people from the directory': 'ist für Personen aus dem Verzeichnis nicht festzustellen',
  'Name the people of this link in `people`, or list everyone in the configuration.':
    'Nennen Sie die Personen dieser Verknüpfung in `people`, oder zählen Sie in der Konfiguration alle auf.',
  'hides nobody': 'verbirgt niemanden',
  'is the viewer of no API token': 'ist der Betrachter keines API-Tokens',
  'Name people or groups, or take the rule out.':
    'Nennen Sie Personen oder Gruppen, oder nehmen Sie die Regel heraus.',
  'Name people by UPN.': 'Nennen Sie Personen mit dem UPN.',
  'names a person who is already at {path}': 'nennt eine Person, die schon bei {path} steht',
  'names a person who is already at': 'nennt eine Person, die schon steht bei',
  'Put all addresses of one person in one entry.': 'Setzen Sie alle Adressen einer Person in einen Eintrag.',
  'gives an address that already belongs to the person at {path}':
    'nennt eine Adresse, die schon der Person bei {path} gehört',
  'gives an address that already belongs to the person at':
    'nennt eine Adresse, die schon der Person gehört bei',
  'An address can belong to one person; a shared phone to none.':
    'Eine Adresse kann einer Person gehören; ein gemeinsames Telefon keiner.',
  'repeats the id at {path}': 'wiederholt die Id bei {path}',
  'repeats the id at': 'wiederholt die Id bei',
  'repeats the name at {path}': 'wiederholt den Namen bei {path}',
  'repeats the name at': 'wiederholt den Namen bei',
  'repeats the link at {path}': 'wiederholt die Verknüpfung bei {path}',
  'repeats the link at': 'wiederholt die Verknüpfung bei',
  'Give each tenant an id of its own.': 'Geben Sie jedem Mandanten eine eigene Id.',
  'Give each connector of a tenant an id of its own.':
    'Geben Sie jedem Konnektor eines Mandanten eine eigene Id.',
  'Give each {owner} an id of its own.': 'Geben Sie jedem {owner} eine eigene Id.',
  'Give each webhook of a tenant an id of its own.':
    'Geben Sie jedem Webhook eines Mandanten eine eigene Id.',
  'Give each provider an id of its own.': 'Geben Sie jedem Anbieter eine eigene Id.',
  'Give each token a name of its own, so that the log tells them apart.':
    'Geben Sie jedem Token einen eigenen Namen, damit das Protokoll sie unterscheidet.',
  'is the name of the API as a source': 'ist der Name der API als Quelle',
  'Choose another id.': 'Wählen Sie eine andere Id.',
  'goes from a connector to itself': 'führt von einem Konnektor zu ihm selbst',
  'Link two different connectors.': 'Verknüpfen Sie zwei verschiedene Konnektoren.',
  'Keep one link per direction.': 'Behalten Sie eine Verknüpfung für jede Richtung.',
  'is a connector that only reads': 'ist ein Konnektor, der nur liest',
  'Link to a connector that can be written, or turn the link around.':
    'Verknüpfen Sie zu einem Konnektor, an dem geschrieben werden kann, oder kehren Sie die Verknüpfung um.',
  'is not the name of a preset': 'ist nicht der Name einer Vorlage',
  'has no table for {direction}': 'hat keine Tabelle für {direction}',
  'It has: {directions}. Name another preset for this link, or none.':
    'Sie hat: {directions}. Nennen Sie für diese Verknüpfung eine andere Vorlage oder keine.',
  'has a meaning for phone systems only': 'hat nur für Telefonanlagen einen Sinn',
  'has a meaning for links to Teams only': 'hat nur für Verknüpfungen zu Teams einen Sinn',
  'joins {phone} with Teams, although {phone2} has teamsSync: vendor, so that two would write the same':
    'verbindet {phone} mit Teams, obwohl {phone2} teamsSync: vendor hat, sodass zwei dasselbe schrieben',
  "Remove the link, or set teamsSync: hub at {phone} and switch the vendor's own connector off.":
    'Entfernen Sie die Verknüpfung, oder setzen Sie bei {phone} teamsSync: hub und schalten Sie den Konnektor des Herstellers ab.',
  'and callsAs: busy exclude each other': 'und callsAs: busy schließen einander aus',
  'A call is shown either as Presenting or as Busy: remove one of the two.':
    'Ein Anruf wird entweder als Präsentiert oder als Beschäftigt gezeigt: entfernen Sie eines von beiden.',
  'signs people out at {system}, which has no logout and cannot be set to Offline':
    'meldet Personen an {system} ab, das keine Abmeldung hat und nicht auf Offline zu setzen ist',
  'has no meaning with act: {act}': 'hat mit act: {act} keinen Sinn',
  'Remove it, or write act: set.': 'Nehmen Sie es heraus, oder schreiben Sie act: set.',
  'With act: set say which state, such as busy/inACall.':
    'Sagen Sie mit act: set, welcher Zustand, etwa busy/inACall.',
  'Write availability/activity, such as busy/inACall or doNotDisturb/doNotDisturb.':
    'Schreiben Sie Verfügbarkeit/Tätigkeit, etwa busy/inACall oder doNotDisturb/doNotDisturb.',
  'is not a state': 'ist kein Zustand',
  'is {name}, which cannot be set at the target': 'ist {name}, was sich am Ziel nicht setzen lässt',
  'asks for {name}, which {system} never shows': 'fragt nach {name}, was {system} nie zeigt',
  'is no https address': 'ist keine https-Adresse',
  'Write https://host/path. Plain http is accepted for loopback addresses only.':
    'Schreiben Sie https://host/path. Einfaches http wird nur für Adressen des eigenen Rechners angenommen.',
  'has a meaning at a site only, and this connector runs at the hub':
    'hat nur an einem Standort eine Bedeutung, und dieser Konnektor läuft am Hub',
  'Remove it, or name the site with "site".': 'Entfernen Sie es, oder nennen Sie den Standort mit „site“.',
  'is for phone systems only, and {title} is none': 'ist nur für Telefonanlagen, und {title} ist keine',
  'is not possible for {title}: it delivers to the hub by itself, and nobody delivers to a site':
    'ist für {title} nicht möglich: es liefert von selbst an den Hub, und an einen Standort liefert niemand',
  'Remove it: this connector runs at the hub.': 'Nehmen Sie es heraus: dieser Konnektor läuft am Hub.',
  'asks for an application of the operator, but there is none of this type':
    'verlangt eine Anwendung des Betreibers, aber von dieser Art gibt es keine',
  'Add one to applications, or give the connector its own application id and secret.':
    'Fügen Sie unter applications eine hinzu, oder geben Sie dem Konnektor eine eigene Anwendungs-Id mit Geheimnis.',
  'is not valid YAML: {what}': 'ist kein gültiges YAML: {what}',
  'Write references in quotes: "${env:NAME}".': 'Schreiben Sie Verweise in Anführungszeichen: "${env:NAME}".',
  'Check the indentation and the quotes.': 'Prüfen Sie Einrückung und Anführungszeichen.',
  'There is no such {kind}.': 'Das gibt es nicht: {kind}.',
  'There was no tenant "{tenant}" in that version.':
    'Den Mandanten „{tenant}“ gab es in jener Fassung nicht.',
  'The people of the tenant "{tenant}" come from its directory.':
    'Die Personen des Mandanten „{tenant}“ kommen aus seinem Verzeichnis.',
}
