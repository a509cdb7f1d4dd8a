const soundsSecret = /secret|token|passw|passphrase|credential|key/i

/** Settings with the name of a secret, for the log to hide: a site has them without the references of the configuration. */
export function listSecrets(settings: unknown): readonly string[] {
  if (typeof settings !== 'object' || settings === null) return []
  return Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'string' ? (soundsSecret.test(name) ? [value] : []) : listSecrets(value),
  )
}
