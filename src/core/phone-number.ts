/** How numbers are written where the hub runs, so that two spellings of one number can be told to be one. */
export interface NumberPlan {
  /** Digits of the country, for example 49; without it national numbers stay as they are. */
  readonly countryCode: string | undefined
  /** Dialled before a country code. */
  readonly internationalPrefix: string
  /** Dialled before a national number; empty in a country that has none. */
  readonly nationalPrefix: string
}

/** Most of Europe; without a country code only international spellings of one number are joined. */
export const defaultNumberPlan: NumberPlan = {
  countryCode: undefined,
  internationalPrefix: '00',
  nationalPrefix: '0',
}

/** Shorter numbers are extensions and service numbers: no country code belongs before them. */
const shortestNational = 6

/**
 * One spelling for each number: `+` and digits where the country is known, else the digits. Undefined for what is no
 * number (anonymous, a name). A leading blank is a `+` that was not encoded in a URL.
 */
export function normalizeNumber(written: string, plan: NumberPlan): string | undefined {
  const text = written.replace(/^ (?=\d)/, '+').replace(/[\s().\-/]/g, '')
  if (!/^\+?[\d*#]+$/.test(text)) return undefined
  if (text.startsWith('+')) return text
  const { countryCode, internationalPrefix, nationalPrefix } = plan
  if (internationalPrefix !== '' && text.startsWith(internationalPrefix) && text.length > 8) {
    return `+${text.slice(internationalPrefix.length)}`
  }
  if (countryCode === undefined || /[*#]/.test(text)) return text
  if (nationalPrefix !== '') {
    const national = text.startsWith(nationalPrefix) ? text.slice(nationalPrefix.length) : ''
    return national.length >= shortestNational ? `+${countryCode}${national}` : text
  }
  return text.length >= shortestNational ? `+${countryCode}${text}` : text
}

/** True when the number is on the list; an entry that ends with `*` stands for all numbers that begin so. */
export function isListed(number: string, list: readonly string[], plan: NumberPlan): boolean {
  const caller = normalizeNumber(number, plan)
  if (caller === undefined) return false
  return list.some((entry) => {
    const isPrefix = entry.endsWith('*')
    const wanted = normalizeNumber(isPrefix ? entry.slice(0, -1) : entry, plan)
    if (wanted === undefined) return false
    return isPrefix ? caller.startsWith(wanted) : caller === wanted
  })
}
