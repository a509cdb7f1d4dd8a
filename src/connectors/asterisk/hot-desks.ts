/** AMPUSER and DEVICE of FreePBX's database, by key without the family: `1001/device`, `5001/type`. */
export type AstdbTree = ReadonlyMap<string, string>

/**
 * Extensions of FreePBX's device-and-user mode whose phones belong to nobody: devices of the type `adhoc`, to which
 * whoever sits there signs in. Those are the extension that such a phone falls back to when nobody is signed in
 * (`DEVICE/5001/default_user`), and an extension that is signed in at such phones only (`DEVICE/5001/user`,
 * `AMPUSER/1001/device`). Who has a phone of their own (`fixed`) beside one keeps it.
 *
 * Source: freepbx.org, "FreePBX Devices and Users Under the Hood", and AMP's design of devices and users.
 */
export function findHotDesks(users: AstdbTree, devices: AstdbTree): ReadonlySet<string> {
  const adhoc = [...devices].flatMap(([key, value]) =>
    value === 'adhoc' && key.endsWith('/type') ? [key.slice(0, -'/type'.length)] : [],
  )
  if (adhoc.length === 0) return new Set()
  const isAdhoc = new Set(adhoc)
  const found = new Set<string>()
  for (const device of adhoc) {
    const fallback = devices.get(`${device}/default_user`)
    if (fallback && fallback !== 'none') found.add(fallback)
    const user = devices.get(`${device}/user`)
    if (user && user !== 'none' && !hasOwnPhone(users.get(`${user}/device`), isAdhoc)) found.add(user)
  }
  return found
}

/** `1001&5001`: the devices of an extension. */
function hasOwnPhone(devices: string | undefined, isAdhoc: ReadonlySet<string>): boolean {
  return (devices ?? '').split('&').some((device) => device !== '' && !isAdhoc.has(device))
}
