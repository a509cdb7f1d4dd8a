/** Identifiers as Webex writes them: base64url of an address that names the kind. */
export function webexId(kind: 'PEOPLE' | 'ORGANIZATION' | 'WEBHOOK' | 'CALL', name: string): string {
  return Buffer.from(`ciscospark://us/${kind}/${name}`).toString('base64url')
}
