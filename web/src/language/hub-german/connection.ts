import type { HubSentences } from '../hub-translator.ts'

/** What every connector may say of a connection (src/connectors/kit). */
export const connectionSentences: HubSentences = {
  '{system} did not answer as it should: {reason}': '{system} hat nicht geantwortet, wie es soll: {reason}',
  'the connector is stopping': 'der Konnektor hält an',
  'no answer within {seconds} s': 'keine Antwort in {seconds} s',
  'Stopped while connecting.': 'Beim Verbinden angehalten.',
  'TLS with {address} failed: {reason}': 'TLS mit {address} ist gescheitert: {reason}',
  'Put the certificate of the server or of its authority into "ca", its name into "serverName", and make sure that the port is the TLS one.':
    'Schreiben Sie das Zertifikat des Servers oder seiner Stelle in „ca“ und seinen Namen in „serverName“, und prüfen Sie, dass der Port der für TLS ist.',
  '{address} cannot be reached: {reason}': '{address} ist nicht zu erreichen: {reason}',
  'The configuration of {connector} cannot be used.':
    'Die Konfiguration von {connector} ist nicht zu gebrauchen.',
  'Check host and port, whether the server is on, and the firewall.':
    'Prüfen Sie host und port, ob der Server an ist, und die Firewall.',
  'this hub does not connect to the network that {host} is in':
    'dieser Hub verbindet sich nicht mit dem Netz, in dem {host} ist',
  'this hub does not connect to the network that the server is in':
    'dieser Hub verbindet sich nicht mit dem Netz, in dem der Server ist',
  'Give an address that is meant to be reached from here; whoever operates the hub can allow others with network.allow.':
    'Geben Sie eine Adresse an, die von hier aus erreicht werden soll; wer den Hub betreibt, kann mit network.allow andere erlauben.',
  'the connection was refused': 'die Verbindung wurde abgelehnt',
  'the name of the server could not be resolved': 'der Name des Servers ließ sich nicht auflösen',
  'the connection was dropped': 'die Verbindung brach ab',
  'the server could not be reached': 'der Server war nicht zu erreichen',
  'the TLS certificate of the server is not trusted': 'dem TLS-Zertifikat des Servers wird nicht vertraut',
  'TLS could not be agreed on with the server': 'mit dem Server kam kein TLS zustande',
  'the connection failed': 'die Verbindung ist gescheitert',
  'the WebSocket was refused ({status})': 'der WebSocket wurde abgelehnt ({status})',
  'the WebSocket was closed ({code})': 'der WebSocket wurde geschlossen ({code})',
  'the WebSocket no longer answers': 'der WebSocket antwortet nicht mehr',
  'the WebSocket could not be connected': 'der WebSocket ließ sich nicht verbinden',
  '{setting}: this is not an address.': '{setting}: das ist keine Adresse.',
  '{setting}: an address must not carry a user name, a password or a query.':
    '{setting}: eine Adresse darf weder Benutzernamen noch Passwort noch Abfrage tragen.',
  '{setting}: {address} would send credentials unencrypted.':
    '{setting}: {address} schickte Zugangsdaten unverschlüsselt.',
  'Write {setting} as https://host or https://host:port.':
    'Schreiben Sie {setting} als https://host oder https://host:port.',
  'Write {setting} as https://host or https://host:port, and secrets in their own settings.':
    'Schreiben Sie {setting} als https://host oder https://host:port, und Geheimnisse in ihre eigenen Einstellungen.',
  'Use https. Plain http is accepted for loopback addresses (127.0.0.1, localhost, [::1]) only.':
    'Nehmen Sie https. Unverschlüsseltes http gilt nur für Loopback-Adressen (127.0.0.1, localhost, [::1]).',
}
