import { parseSeconds } from '../kit/sip/header-values.ts'
import { child, type Element, findAll, parseXml } from '../kit/sip/xml.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'

/** One dialog of a dialog-info document (RFC 4235 section 4.1), as sent; what is absent is undefined. */
export interface DialogElement {
  readonly id: string
  readonly state: 'trying' | 'early' | 'confirmed' | 'terminated'
  readonly held: boolean
  readonly direction: 'initiator' | 'recipient' | undefined
  readonly callId: string | undefined
  readonly hasTags: boolean
  /** URI of the other end. */
  readonly remote: string | undefined
}

export interface DialogInfo {
  readonly full: boolean
  readonly version: number | undefined
  readonly dialogs: readonly DialogElement[]
  /** Words that are none of RFC 4235. */
  readonly strange: readonly StrangeWord[]
}

const states: Readonly<Record<string, DialogElement['state']>> = {
  trying: 'trying',
  proceeding: 'trying',
  early: 'early',
  confirmed: 'confirmed',
  terminated: 'terminated',
}

const busyness = ['terminated', 'trying', 'early', 'confirmed'] as const

/** Reads application/dialog-info+xml. Undefined when it is not such a document; odd dialogs in it are left out. */
export function parseDialogInfo(text: string): DialogInfo | undefined {
  const root = parseXml(text)
  if (root?.name !== 'dialog-info') return undefined
  const byId = new Map<string, DialogElement>()
  const strange: StrangeWord[] = []
  for (const element of root.children) {
    // The root's own namespace, whatever it is called: some vendors misspell it. Extensions have another.
    if (element.name !== 'dialog' || element.namespace !== root.namespace) continue
    strange.push(...strangeWords(element))
    const dialog = readDialog(element)
    const same = dialog && byId.get(dialog.id)
    if (dialog && (!same || isBusier(dialog, same))) byId.set(dialog.id, dialog)
  }
  return {
    // Without the attribute it cannot be a difference to something.
    full: root.attributes.get('state')?.toLowerCase() !== 'partial',
    version: parseSeconds(root.attributes.get('version')),
    dialogs: [...byId.values()],
    strange,
  }
}

function isBusier(one: DialogElement, other: DialogElement): boolean {
  const rank = ({ state, held }: DialogElement) => busyness.indexOf(state) - (held ? 0.5 : 0)
  return rank(one) > rank(other)
}

function strangeWords(element: Element): readonly StrangeWord[] {
  const words: StrangeWord[] = []
  const state = child(element, 'state')?.text.trim()
  if (state && !Object.hasOwn(states, state.toLowerCase())) {
    words.push({ field: 'dialog state', value: state, takenAs: 'no call' })
  }
  const direction = element.attributes.get('direction')
  if (direction && !isDirection(direction.toLowerCase())) {
    words.push({ field: 'direction', value: direction, takenAs: 'not told' })
  }
  return words
}

function isDirection(word: string | undefined): word is 'initiator' | 'recipient' {
  return word === 'initiator' || word === 'recipient'
}

function readDialog(element: Element): DialogElement | undefined {
  const { attributes } = element
  const word = child(element, 'state')?.text.trim().toLowerCase() ?? ''
  const state = Object.hasOwn(states, word) ? states[word] : undefined
  if (!state) return undefined
  const local = child(element, 'local')
  const remote = child(element, 'remote')
  const callId = attributes.get('call-id') || undefined
  const direction = attributes.get('direction')?.toLowerCase()
  const identity = child(remote, 'identity')?.text.trim() || child(remote, 'target')?.attributes.get('uri')
  return {
    id: attributes.get('id') || callId || 'line',
    state,
    held: local !== undefined && isNotRendered(local),
    direction: isDirection(direction) ? direction : undefined,
    callId,
    hasTags: attributes.has('local-tag') || attributes.has('remote-tag'),
    remote: identity || undefined,
  }
}

/** `+sip.rendering` = `no` at the local target: this phone holds the call (RFC 4235 section 4.1.6.2, RFC 3840). */
function isNotRendered(local: Element): boolean {
  return findAll(local, 'param').some(
    ({ attributes }) =>
      /^\+?sip\.rendering$/i.test(attributes.get('pname') ?? '') &&
      attributes.get('pval')?.toLowerCase() === 'no',
  )
}
