import type { HubSentences } from '../hub-translator.ts'

/** What a trial of FreeSWITCH or FusionPBX finds, how it is doing, and what its connector says of a write. */
export const freeswitchSentences: HubSentences = {
  'the FreeSWITCH connector': 'dem Konnektor für FreeSWITCH',
  'Compare it with docs/connectors/freeswitch.md.': 'Vergleichen Sie sie mit docs/connectors/freeswitch.md.',
  'FreeSWITCH could not be examined: {reason}': 'FreeSWITCH war nicht zu untersuchen: {reason}',
  'Look at the network between this machine and FreeSWITCH, and try again.':
    'Sehen Sie nach dem Netz zwischen diesem Rechner und FreeSWITCH, und versuchen Sie es wieder.',
  'Signed in at {host}:{port}; the version is not told.':
    'Angemeldet an {host}:{port}; die Version wird nicht genannt.',
  'Signed in at {host}:{port}: FreeSWITCH {version}.': 'Angemeldet an {host}:{port}: FreeSWITCH {version}.',
  'FreeSWITCH {version} is too old.': 'FreeSWITCH {version} ist zu alt.',
  'Use {version} or later.': 'Nehmen Sie {version} oder später.',
  'The event socket still has the password that FreeSWITCH is delivered with.':
    'Der Event Socket hat noch das Passwort, mit dem FreeSWITCH ausgeliefert wird.',
  'Change it in event_socket.conf.xml, "reload mod_event_socket", and set it here.':
    'Ändern Sie es in event_socket.conf.xml, dann „reload mod_event_socket“, und setzen Sie es hier.',
  'The connection to {host} is not encrypted: the password and numbers of callers can be read on the way.':
    'Die Verbindung zu {host} ist nicht verschlüsselt: das Passwort und Nummern von Anrufern sind unterwegs lesbar.',
  'Put a proxy with TLS before the event socket and set tls: true, carry it through a tunnel, or run the hub there.':
    'Stellen Sie einen Proxy mit TLS vor den Event Socket und setzen Sie tls: true, führen Sie die Verbindung durch einen Tunnel, oder betreiben Sie den Hub dort.',
  'The directory has no domain {domain}.': 'Das Verzeichnis hat keine Domäne {domain}.',
  'Use what follows the @ in the presence id of a channel ("show channels as json").':
    'Nehmen Sie, was in der presence_id eines Kanals auf das @ folgt („show channels as json“).',
  '{number} extensions of {domain}, {count} of them with a mail address.':
    '{number} Nebenstellen von {domain}, davon {count} mit Mailadresse.',
  '{text} A directory in a database shows registered phones only.':
    '{text} Ein Verzeichnis in einer Datenbank zeigt nur angemeldete Telefone.',
  'Name them under "extensions" with their mail addresses.':
    'Nennen Sie sie mit ihren Mailadressen unter „extensions“.',
  '{number} channels, {count} registered phones; events can be heard.':
    '{number} Kanäle, {count} angemeldete Telefone; Ereignisse sind zu hören.',
  'Do not disturb cannot be read: {reason}.': 'Nicht stören ist nicht zu lesen: {reason}.',
  'Do not disturb is read from the extension. Whether it can be written shows only when it is.':
    'Nicht stören wird aus der Nebenstelle gelesen. Ob es sich schreiben lässt, zeigt sich erst beim Schreiben.',
  'Do not disturb is kept at {store}. Whether the dialplan asks it cannot be seen from here.':
    'Nicht stören liegt in {store}. Ob der Wählplan dort nachsieht, ist von hier aus nicht zu erkennen.',
  'Put the example of docs/connectors/freeswitch.md into the dialplan.':
    'Nehmen Sie das Beispiel aus docs/connectors/freeswitch.md in den Wählplan auf.',
  'Lamps are lit at SIP profile {profile}; it needs manage-presence = true.':
    'Lampen leuchten am SIP-Profil {profile}; es braucht manage-presence = true.',
  'There is no SIP profile "{profile}": lamps would stay dark.':
    'Ein SIP-Profil „{profile}“ gibt es nicht: Lampen blieben dunkel.',
  'Set sipProfile to the profile at which the phones register.':
    'Setzen Sie sipProfile auf das Profil, an dem sich die Telefone anmelden.',
  'The password has a line break in it.': 'Im Passwort ist ein Zeilenumbruch.',
  'Write the password of event_socket.conf.xml in one line.':
    'Schreiben Sie das Passwort aus event_socket.conf.xml in eine Zeile.',
  'an event is no JSON object': 'ein Ereignis ist kein JSON-Objekt',
  '{event} without a user': '{event} ohne Benutzer',
  '{event} without Unique-ID': '{event} ohne Unique-ID',
  'Load mod_{module} in modules.conf.xml.': 'Laden Sie mod_{module} in modules.conf.xml.',
  'In lua.conf.xml switch on the hook of PHONE_FEATURE_SUBSCRIBE with "app.lua feature_event", and reload mod_lua.':
    'Schalten Sie in lua.conf.xml den Hook von PHONE_FEATURE_SUBSCRIBE mit „app.lua feature_event“ ein, und laden Sie mod_lua neu.',
  'do_not_disturb of the extension': 'do_not_disturb der Nebenstelle',
  'FusionPBX changes it for a registered phone only':
    'FusionPBX ändert es nur bei einem angemeldeten Telefon',
  'FreeSWITCH is not connected.': 'FreeSWITCH ist nicht verbunden.',
  'The connection to FreeSWITCH is lost: {reason}.':
    'Die Verbindung zu FreeSWITCH ist unterbrochen: {reason}.',
  'FreeSWITCH closed the connection': 'FreeSWITCH hat die Verbindung geschlossen',
  'FreeSWITCH ends the connection': 'FreeSWITCH beendet die Verbindung',
  'no answer to a heartbeat': 'keine Antwort auf ein Lebenszeichen',
  'a header block has no end': 'ein Kopf hat kein Ende',
  'FreeSWITCH answered "{command}" with something that is no list.':
    'FreeSWITCH hat „{command}“ mit etwas beantwortet, das keine Liste ist.',
  'FreeSWITCH does not answer "{command}": {reason}': 'FreeSWITCH beantwortet „{command}“ nicht: {reason}',
  'Load mod_commands in modules.conf.xml and use FreeSWITCH 1.6 or later with its core database.':
    'Laden Sie mod_commands in modules.conf.xml, und nehmen Sie FreeSWITCH 1.6 oder später mit seiner Kerndatenbank.',
  'Signing in at FreeSWITCH failed: {reason}': 'Die Anmeldung an FreeSWITCH misslang: {reason}',
  'What answers at this port is not the event socket of FreeSWITCH.':
    'Was an diesem Port antwortet, ist nicht der Event Socket von FreeSWITCH.',
  'Use listen-port of event_socket.conf.xml (8021).':
    'Nehmen Sie listen-port aus event_socket.conf.xml (8021).',
  'FreeSWITCH does not admit the address of this machine.':
    'FreeSWITCH lässt die Adresse dieses Rechners nicht zu.',
  'Add it to the list that apply-inbound-acl of event_socket.conf.xml names, then "reloadacl" and "reload mod_event_socket".':
    'Fügen Sie sie der Liste hinzu, die apply-inbound-acl in event_socket.conf.xml nennt, dann „reloadacl“ und „reload mod_event_socket“.',
  'FreeSWITCH closed the connection before the sign-in: {reason}.':
    'FreeSWITCH hat die Verbindung vor der Anmeldung geschlossen: {reason}.',
  'Look at apply-inbound-acl of event_socket.conf.xml, and at the log of FreeSWITCH.':
    'Sehen Sie nach apply-inbound-acl in event_socket.conf.xml, und ins Protokoll von FreeSWITCH.',
  'FreeSWITCH does not accept the password.': 'FreeSWITCH nimmt das Passwort nicht an.',
  'Compare it with password in event_socket.conf.xml; after a change there "reload mod_event_socket".':
    'Vergleichen Sie es mit password in event_socket.conf.xml; nach einer Änderung dort „reload mod_event_socket“.',
  'This FreeSWITCH is not written to in slot "{slot}".':
    'In dieses FreeSWITCH wird in „{slot}“ nicht geschrieben.',
  'The directory of {domain} has no user "{user}".':
    'Das Verzeichnis von {domain} hat keinen Benutzer „{user}“.',
  'Correct the address of the person, or the domain of this connector.':
    'Berichtigen Sie die Adresse der Person, oder die Domäne dieses Konnektors.',
  '{store} does not show what was written. {fix}': '{store} zeigt nicht, was geschrieben wurde. {fix}',
}
