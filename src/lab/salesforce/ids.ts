import { createHash } from 'node:crypto'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const checks = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

/** The three letters that make an id of 15 safe where letter case gets lost: one bit for each capital. */
function checkOf(id: string): string {
  return [0, 5, 10]
    .map((from) => {
      const bits = [...id.slice(from, from + 5)].map((letter, at) => (/[A-Z]/.test(letter) ? 1 << at : 0))
      return checks[bits.reduce((sum, bit) => sum + bit, 0)]
    })
    .join('')
}

/** An id of 18 characters that is always the same for the same text. `prefix`: the three characters of the object. */
export function stableId(prefix: string, text: string): string {
  const bytes = createHash('sha256').update(`${prefix} ${text}`).digest()
  const id = prefix + [...bytes.subarray(0, 12)].map((byte) => letters[byte % letters.length]).join('')
  return id + checkOf(id)
}

/** The lab's organisation. */
export const labOrgId = stableId('00D', 'contoso')

/** The id of the user who has this user principal name in the lab. */
export const labUserId = (upn: string): string => stableId('005', upn.toLowerCase())
