import type { DialogFacet, Facet, Party } from '../../core/observation.ts'
import { parseAddress, userOf } from '../kit/sip/header-values.ts'
import type { DialogElement } from './dialog-info.ts'
import type { Pidf } from './pidf.ts'

/** How the number of the other end tells a colleague from the outside world. */
export interface NumberPlan {
  /** Numbers of at most so many digits are internal. */
  readonly internalDigits: number
  isExtension(number: string): boolean
}

const directions = { initiator: 'outbound', recipient: 'inbound' } as const

/** Dialogs that are not over, one leg each. */
export function mapDialogs(dialogs: readonly DialogElement[], plan: NumberPlan): readonly DialogFacet[] {
  return dialogs.map((dialog) => ({
    kind: 'dialog',
    leg: dialog.id,
    state: dialog.state === 'confirmed' && dialog.held ? 'held' : dialog.state,
    direction: dialog.direction ? directions[dialog.direction] : 'unknown',
    party: findParty(dialog.remote, plan),
    evidence: isCall(dialog) ? 'call' : 'lamp',
    ...aboutNumber(numberOf(dialog.remote)),
  }))
}

/**
 * The basic status is a registration; `on-the-phone` is a lit lamp, and only where no dialogs are heard of the same
 * phone (`lamp`), which say it better.
 */
export function mapPidf(pidf: Pidf, options: { readonly lamp: boolean }): readonly Facet[] {
  const facets: Facet[] = []
  if (pidf.basic) facets.push({ kind: 'registration', registered: pidf.basic === 'open' })
  if (pidf.onThePhone && options.lamp) {
    facets.push({
      kind: 'dialog',
      leg: 'on-the-phone',
      state: 'confirmed',
      direction: 'unknown',
      party: 'unknown',
      evidence: 'lamp',
    })
  }
  return facets
}

/** Only a server that follows the call itself knows its Call-ID; FreePBX's DND lamp is a bare `confirmed`. */
function isCall(dialog: DialogElement): boolean {
  return dialog.callId !== undefined && (dialog.remote !== undefined || dialog.hasTags)
}

/** The user part of the other end, without what makes a number readable. */
function numberOf(remote: string | undefined): string | undefined {
  const user = remote === undefined ? undefined : userOf(parseAddress(remote)?.uri ?? remote)
  return user !== undefined && /^\+?[\d\s().-]+$/.test(user) ? user.replace(/[\s().-]/g, '') : user
}

function aboutNumber(number: string | undefined): Pick<DialogFacet, 'remote' | 'featureCode'> {
  if (number === undefined || !/^\+?[\d*#]+$/.test(number)) return {}
  return { remote: number, ...(number.startsWith('*') && { featureCode: true }) }
}

function findParty(remote: string | undefined, plan: NumberPlan): Party {
  const number = numberOf(remote)
  if (number === undefined) return 'unknown'
  if (plan.isExtension(number)) return 'internal'
  return /^[\d*#]+$/.test(number) && number.length <= plan.internalDigits ? 'internal' : 'external'
}
