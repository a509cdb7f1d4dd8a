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
}
