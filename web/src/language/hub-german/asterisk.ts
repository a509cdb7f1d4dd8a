import type { HubSentences } from '../hub-translator.ts'

/** What a trial of Asterisk or FreePBX finds, and what its connector says of a write. */
export const asteriskSentences: HubSentences = {
  'This user does not hear system events: a restart of the PBX is noticed only when the connection drops.':
    'Dieser Benutzer hört keine Systemereignisse: ein Neustart der Telefonanlage fällt erst auf, wenn die Verbindung abbricht.',
  'Add system to "read" of this user in manager.conf.':
    'Fügen Sie in manager.conf bei diesem Benutzer system zu „read“ hinzu.',
  'Whether live events arrive cannot be tried without write = call; read = call is needed.':
    'Ob Ereignisse ankommen, lässt sich ohne write = call nicht probieren; nötig ist read = call.',
  'Make sure that "read" of this user has call.':
    'Sorgen Sie dafür, dass „read“ dieses Benutzers call enthält.',
  'Live events arrive.': 'Ereignisse kommen an.',
  'Live events do not arrive: calls would be noticed only at the next sweep.':
    'Ereignisse kommen nicht an: Anrufe fielen erst beim nächsten Durchgang auf.',
  'Add call to "read" of this user in manager.conf, and look for an eventfilter there.':
    'Fügen Sie in manager.conf bei diesem Benutzer call zu „read“ hinzu, und sehen Sie dort nach einem eventfilter.',
  'Signed in at {host}:{port} as "{user}".': 'Angemeldet an {host}:{port} als „{user}“.',
  'This user may not use {action}: {reason}.': 'Dieser Benutzer darf {action} nicht benutzen: {reason}.',
  'Add {word} to "write" of section [{user}] in manager.conf and reload the manager.':
    'Fügen Sie in manager.conf im Abschnitt [{user}] {word} zu „write“ hinzu, und laden Sie den Manager neu.',
  'The connection to {host} is not encrypted: names and numbers of callers can be read on the way.':
    'Die Verbindung zu {host} ist nicht verschlüsselt: Namen und Nummern von Anrufern sind unterwegs lesbar.',
  'Set tlsenable = yes and tlscertfile in manager.conf, then tls: true and port: 5039 here.':
    'Setzen Sie tlsenable = yes und tlscertfile in manager.conf, dann hier tls: true und port: 5039.',
  'FreePBX: do not disturb is kept in its database and in custom device states.':
    'FreePBX: Nicht stören liegt in seiner Datenbank und in eigenen Gerätezuständen.',
  'Plain Asterisk: do not disturb is a custom device state.':
    'Asterisk allein: Nicht stören ist ein eigener Gerätezustand.',
  'No hint of a phone was found{where}; contexts with hints: {contexts}.':
    'Kein Hint eines Telefons wurde gefunden{where}; Kontexte mit Hints: {contexts}.',
  'Correct "context", or add hints to the dialplan: exten => 1001,hint,PJSIP/1001&Custom:DND1001':
    'Berichtigen Sie „context“, oder fügen Sie dem Wählplan Hints hinzu: exten => 1001,hint,PJSIP/1001&Custom:DND1001',
  '{number} extensions with phones found.': '{number} Nebenstellen mit Telefonen gefunden.',
  'Lamps do not show do not disturb of {extensions}.': 'Lampen zeigen Nicht stören nicht bei {extensions}.',
  'Lamps do not show do not disturb of {extensions} and {number} more.':
    'Lampen zeigen Nicht stören nicht bei {extensions} und {number} weiteren.',
  'and {number} more': 'und {number} weiteren',
  'Add the DND device to their hints, for example ...&{device}':
    'Fügen Sie ihren Hints das DND-Gerät hinzu, zum Beispiel ...&{device}',
  'Look into the log of the PBX.': 'Sehen Sie ins Protokoll der Telefonanlage.',
  'The PBX at {host}:{port} did not answer the questions of the check: {reason}':
    'Die Telefonanlage an {host}:{port} hat die Fragen der Prüfung nicht beantwortet: {reason}',
  'Look at the load and the log of the PBX, and try again.':
    'Sehen Sie nach Last und Protokoll der Telefonanlage, und versuchen Sie es wieder.',
  '{device} does not show what was written{rest}': '{device} zeigt nicht, was geschrieben wurde{rest}',
  'Add {word} to this user in manager.conf and reload the manager.':
    'Fügen Sie in manager.conf bei diesem Benutzer {word} hinzu, und laden Sie den Manager neu.',
  'a message longer than {number} bytes': 'eine Nachricht von mehr als {number} Bytes',
  'a message that starts with neither Response nor Event':
    'eine Nachricht, die weder mit Response noch mit Event beginnt',
  'The PBX is not connected.': 'Die Telefonanlage ist nicht verbunden.',
  'This PBX is not written to in slot "{slot}".':
    'An dieser Telefonanlage wird nicht in „{slot}“ geschrieben.',
  'The PBX knows no extension "{extension}".': 'Die Telefonanlage kennt keine Nebenstelle „{extension}“.',
  'Give it a hint, or name it under "extensions" of this connector.':
    'Geben Sie ihr einen Hint, oder nennen Sie sie unter „extensions“ dieses Konnektors.',
  'The connection to the PBX is lost: {reason}.':
    'Die Verbindung zur Telefonanlage ist unterbrochen: {reason}.',
  '{number} people are in {queues} queues at the moment.':
    '{number} Personen sind gerade in {queues} Warteschlangen.',
  'This user may not use QueuePause: nobody can be paused.':
    'Dieser Benutzer darf QueuePause nicht benutzen: niemand lässt sich pausieren.',
  'This Asterisk has no queues (app_queue is not loaded).':
    'Dieses Asterisk hat keine Warteschlangen (app_queue ist nicht geladen).',
  'Load app_queue.': 'Laden Sie app_queue.',
  'Add agent to "read" and "write" of section [{user}] in manager.conf and reload the manager.':
    'Fügen Sie in manager.conf im Abschnitt [{user}] agent zu „read“ und „write“ hinzu, und laden Sie den Manager neu.',
  'The queues may not be read.': 'Die Warteschlangen dürfen nicht gelesen werden.',
  'Queues of Asterisk / FreePBX': 'Warteschlangen von Asterisk / FreePBX',
  'Queues are not written to in slot "{slot}".': 'An Warteschlangen wird nicht in „{slot}“ geschrieben.',
  'Correct the address of this person, or give the extension a hint.':
    'Berichtigen Sie die Adresse dieser Person, oder geben Sie der Nebenstelle einen Hint.',
  '{number} people are in queues': '{number} Personen sind in Warteschlangen',
  'The queues do not show that {extension} {what}.': 'Die Warteschlangen zeigen nicht: {extension} {what}.',
  'is paused': 'ist pausiert',
  'is back': 'ist zurück',
  '{extension} is in no queue at the moment.': '{extension} ist gerade in keiner Warteschlange.',
  'The PBX accepted the connection and said nothing.':
    'Die Telefonanlage nahm die Verbindung an und sagte nichts.',
  'If the port expects TLS, set tls: true; else look at the load of the PBX.':
    'Erwartet der Port TLS, setzen Sie tls: true; sonst sehen Sie nach der Last der Telefonanlage.',
  'Signing in at the PBX failed: {reason}': 'Die Anmeldung an der Telefonanlage misslang: {reason}',
  'What answers at this port is not the Asterisk Manager Interface.':
    'Was an diesem Port antwortet, ist nicht das Asterisk Manager Interface.',
  'Use the port of manager.conf (5038), or of tlsbindaddr (5039) together with tls: true.':
    'Nehmen Sie den Port aus manager.conf (5038), oder den von tlsbindaddr (5039) zusammen mit tls: true.',
  'The PBX closed the connection before it greeted us: {reason}.':
    'Die Telefonanlage schloss die Verbindung, bevor sie grüßte: {reason}.',
  'Look at permit and deny in manager.conf, and whether the port expects TLS.':
    'Sehen Sie nach permit und deny in manager.conf, und ob der Port TLS erwartet.',
  'The PBX does not accept user "{user}" with this secret.':
    'Die Telefonanlage nimmt den Benutzer „{user}“ mit diesem Geheimnis nicht an.',
  'Compare username and secret with section [{user}] of manager.conf (FreePBX: Asterisk Manager Users), and its permit and deny with the address of this machine; then reload the manager.':
    'Vergleichen Sie username und secret mit dem Abschnitt [{user}] von manager.conf (FreePBX: Asterisk Manager Users), und dessen permit und deny mit der Adresse dieses Rechners; laden Sie dann den Manager neu.',
  'The PBX refused the sign-in of "{user}": {reason}':
    'Die Telefonanlage lehnte die Anmeldung von „{user}“ ab: {reason}',
}
