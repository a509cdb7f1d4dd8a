/**
 * The number in a device identifier. Switches write them in their own ways: `1001`, `N<302118840100>;noa=nk`
 * (OpenScape; ECMA-269 10.8.1 device identifier formats), `1001:CM1::0` (Avaya), `sip:1001@pbx`, `tel:+4930123`.
 * Undefined where there is none.
 */
export function numberOf(identifier: string): string | undefined {
  const text = identifier.trim()
  const inner = /^N<([^>]*)>/.exec(text)?.[1] ?? text
  const avaya = /^([^:]*):[^:]*:[^:]*:\d+$/.exec(inner)?.[1]
  const plain = avaya ?? inner.replace(/^(?:sips?|tel):/i, '').replace(/[@;!%&].*$/s, '')
  const number = /^\+?[\d\s().*#-]+$/.test(plain) ? plain.replace(/[\s().-]/g, '') : plain.trim()
  return number === '' ? undefined : number
}
