import type { HubSentences } from '../hub-translator.ts'

/** What a trial of a CSTA system finds, how it is doing, and what it says of a write. */
export const cstaSentences: HubSentences = {
  'CSTA phase III': 'CSTA Phase III',
  'the CSTA connector': 'dem Konnektor für CSTA',
  'Look at the load and the log of the system, and try again.':
    'Sehen Sie nach Last und Protokoll des Systems, und versuchen Sie es wieder.',
  'The system': 'Das System',
  'Signed in at {host}:{port} ({profile}).': 'Angemeldet an {host}:{port} ({profile}).',
  'Signed in at {host}:{port}{user} ({profile}).': 'Angemeldet an {host}:{port}{user} ({profile}).',
  'Signed in at {host}:{port} as "{user}" ({profile}).':
    'Angemeldet an {host}:{port} als „{user}“ ({profile}).',
  'CSTA with an application session': 'CSTA mit Anwendungssitzung',
  'CSTA without a sign-in': 'CSTA ohne Anmeldung',
  'Monitoring was not tried: no extension is known.':
    'Das Überwachen wurde nicht probiert: keine Nebenstelle ist bekannt.',
  'Set probe to an extension, to have it tried.':
    'Setzen Sie probe auf eine Nebenstelle, damit es probiert wird.',
  'The connection to {host} is not encrypted: numbers of callers{more} can be read on the way.':
    'Die Verbindung zu {host} ist nicht verschlüsselt: Nummern von Anrufern{more} sind unterwegs lesbar.',
  ' and the password': ' und das Passwort',
  'Set tls: true and the TLS port, where the system offers one.':
    'Setzen Sie tls: true und den TLS-Port, wenn das System einen bietet.',
  'The system does not list its devices; only "extensions" of this connector are known.':
    'Das System zählt seine Geräte nicht auf; bekannt sind nur „extensions“ dieses Konnektors.',
  'The system lists {number} extensions.': 'Das System nennt {number} Nebenstellen.',
  '{number} extensions have a mail address here.': '{number} Nebenstellen haben hier eine Mailadresse.',
  'No extension has a mail address: CSTA knows none, so nobody is matched by it.':
    'Keine Nebenstelle hat eine Mailadresse: CSTA kennt keine, also wird niemand danach zugeordnet.',
  'Give the extensions their mail addresses under "extensions", or people their addresses under "people".':
    'Geben Sie den Nebenstellen unter „extensions“ ihre Mailadressen, oder den Personen unter „people“ ihre Adressen.',
  'without a reason': 'ohne Grund',
  'Extension {extension} cannot be monitored: {reason}.':
    'Die Nebenstelle {extension} lässt sich nicht überwachen: {reason}.',
  'Look in the log of the system why it refuses the monitor.':
    'Sehen Sie im Protokoll des Systems nach, warum es die Überwachung ablehnt.',
  'Monitors are licensed: buy more at the system, or end those of other applications.':
    'Überwachungen brauchen Lizenzen: kaufen Sie für das System mehr, oder beenden Sie die anderer Anwendungen.',
  'Give this application user the right to monitor the extension.':
    'Geben Sie diesem Anwendungsbenutzer die Berechtigung, die Nebenstelle zu überwachen.',
  'Set probe to an extension that exists, and look whether the profile writes it as the system does.':
    'Setzen Sie probe auf eine Nebenstelle, die es gibt, und sehen Sie nach, ob das Profil sie so schreibt wie das System.',
  'The system has no SnapshotDevice: calls that were up before the hub connected are not seen.':
    'Das System hat kein SnapshotDevice: Anrufe, die schon vor der Verbindung des Hubs bestanden, sind nicht zu sehen.',
  'The system has no SnapshotCall: of calls that were up before, nobody knows with whom.':
    'Das System hat kein SnapshotCall: von Anrufen, die vorher bestanden, ist nicht bekannt, mit wem.',
  'The system has no GetDoNotDisturb: do not disturb is known from its first change on, and not read back.':
    'Das System hat kein GetDoNotDisturb: Nicht stören ist erst ab der ersten Änderung bekannt und wird nicht zurückgelesen.',
  'Extension {extension} can be monitored.': 'Die Nebenstelle {extension} lässt sich überwachen.',
  'Extension {extension} cannot be read: {reason}.':
    'Die Nebenstelle {extension} ist nicht zu lesen: {reason}.',
  'Give this application user the right to it, or set probe to another extension.':
    'Geben Sie diesem Anwendungsbenutzer die Berechtigung dazu, oder setzen Sie probe auf eine andere Nebenstelle.',
  'Set writeDnd: false where a write that is not read back is not wanted.':
    'Setzen Sie writeDnd: false, wenn nicht geschrieben werden soll, was nicht zurückgelesen wird.',
  'The profile {profile} needs {setting}.': 'Das Profil {profile} braucht {setting}.',
  'Set {setting}, or choose another profile.': 'Setzen Sie {setting}, oder wählen Sie ein anderes Profil.',
  'DoNotDisturbEvent without doNotDisturbOn': 'DoNotDisturbEvent ohne doNotDisturbOn',
  'a header of version {version}': 'ein Kopf der Version {version}',
  'a header that tells a length of {number}': 'ein Kopf, der eine Länge von {number} angibt',
  'an invoke id that is not four digits': 'eine Invoke-ID, die nicht aus vier Ziffern besteht',
  'a document of {number} bytes': 'ein Dokument von {number} Bytes',
  '{service} was not answered': 'auf {service} kam keine Antwort',
  'a document without an end': 'ein Dokument ohne Ende',
  'what came is no CSTA over TCP: {reason}': 'was kam, ist kein CSTA über TCP: {reason}',
  'The system says that it is {status}.': 'Das System sagt, es sei {status}.',
  'Look at its log.': 'Sehen Sie in sein Protokoll.',
  'The system does not let these be monitored: {extensions} ({reason}).':
    'Das System lässt diese nicht überwachen: {extensions} ({reason}).',
  'The system does not let these be monitored: {extensions} and {number} more ({reason}).':
    'Das System lässt diese nicht überwachen: {extensions} und {number} weitere ({reason}).',
  'Give this application user the right to monitor these extensions.':
    'Geben Sie diesem Anwendungsbenutzer die Berechtigung, diese Nebenstellen zu überwachen.',
  '{number} extensions are monitored': '{number} Nebenstellen werden überwacht',
  'The system is not connected.': 'Das System ist nicht verbunden.',
  'There is no slot "{slot}" at this system.': 'Ein „{slot}“ gibt es an diesem System nicht.',
  'Do not disturb is not written here.': 'Nicht stören wird hier nicht geschrieben.',
  'Set writeDnd: true.': 'Setzen Sie writeDnd: true.',
  'The connection to the system is lost: {reason}.': 'Die Verbindung zum System ist unterbrochen: {reason}.',
  'the system closed the connection': 'das System hat die Verbindung geschlossen',
  'the system has ended the session': 'das System hat die Sitzung beendet',
  'no answer to the heartbeat': 'keine Antwort auf das Lebenszeichen',
  'do not disturb does not show what was written': 'Nicht stören zeigt nicht, was geschrieben wurde',
  '{reason} ({extension} is out of service)': '{reason} ({extension} ist außer Betrieb)',
  'Correct the extension {extension} of this person.':
    'Berichtigen Sie die Nebenstelle {extension} dieser Person.',
  'Set writeDnd: false: this system offers no do not disturb.':
    'Setzen Sie writeDnd: false: dieses System bietet kein Nicht stören.',
  'Give this user the right to set features of the extension.':
    'Geben Sie diesem Benutzer die Berechtigung, Leistungsmerkmale der Nebenstelle zu setzen.',
  'The system refuses the application session of "{user}": {reason}.':
    'Das System lehnt die Anwendungssitzung von „{user}“ ab: {reason}.',
  'It does not speak {version}: choose another profile, or update the system.':
    'Es spricht {version} nicht: wählen Sie ein anderes Profil, oder aktualisieren Sie das System.',
  'Buy or free a CSTA licence at the system.':
    'Kaufen Sie für das System eine CSTA-Lizenz, oder geben Sie dort eine frei.',
  'End sessions of other applications, or raise their number at the system.':
    'Beenden Sie Sitzungen anderer Anwendungen, oder erhöhen Sie deren Zahl am System.',
  'Compare username, password and applicationId with the application user at the system.':
    'Vergleichen Sie username, password und applicationId mit dem Anwendungsbenutzer am System.',
  'Signing in failed: {reason}.': 'Die Anmeldung misslang: {reason}.',
  'Look whether the port is that of CSTA XML, whether it expects TLS, and whether the profile is the right one.':
    'Sehen Sie nach, ob der Port der für CSTA XML ist, ob er TLS erwartet, und ob das Profil das richtige ist.',
  'Look whether the profile is the one of this system.':
    'Sehen Sie nach, ob das Profil das dieses Systems ist.',
}
