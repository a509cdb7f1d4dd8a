import { fieldsOf } from '../kit/http.ts'
import { type Fields, flagOf, listIn, textIn } from './fields.ts'

/** An account of the tenant: an extension, or a queue, a ring group, an auto attendant ... */
export interface Account {
  readonly number: string
  readonly aliases: readonly string[]
  /** `usertype` in the list of all accounts (`extensions`, `acds`, `hunts` ...); undefined where it is not told. */
  readonly type: string | undefined
  readonly displayName: string | undefined
}

/** Entries of `/extensions` and `/users`: texts, or objects whose `name` or first alias is the number. */
export function decodeAccounts(json: unknown): readonly Account[] | undefined {
  const list = listIn(json)
  if (!list) return undefined
  const accounts = list.flatMap((each) => toAccount(each) ?? [])
  return accounts.length === 0 && list.length > 0 ? undefined : accounts
}

function toAccount(value: unknown): Account | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    const number = local(String(value))
    return number === '' ? undefined : { number, aliases: [], type: undefined, displayName: undefined }
  }
  const fields = fieldsOf(value)
  const aliases = aliasesOf(fields.alias)
  const number = local(textIn(fields, ['name', 'account', 'extension', 'number']) ?? aliases[0] ?? '')
  if (number === '') return undefined
  return {
    number,
    aliases: aliases.filter((alias) => alias !== number),
    type: textIn(fields, ['usertype', 'type']),
    displayName: displayNameOf(fields),
  }
}

const local = (text: string) => text.split('@')[0]!.trim()

/** A list, or several in one text. */
function aliasesOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[\s,;]+/) : []
  return list.filter((each) => typeof each === 'string' && each !== '').map(local)
}

function displayNameOf(fields: Fields): string | undefined {
  const given = textIn(fields, ['display_name', 'display'])
  if (given !== undefined) return given
  const parts = [textIn(fields, ['first', 'first_name']), textIn(fields, ['last', 'last_name'])]
  return parts.filter(Boolean).join(' ') || undefined
}

/** What `/user_settings/{ext}` says of the person who has the extension. */
export interface Profile {
  readonly displayName: string | undefined
  readonly mails: readonly string[]
  readonly disabled: boolean
  /** `euse`: `hotdesk` is a phone of several people, `mailbox` is no phone. */
  readonly use: string
}

/** A flat object of texts (portal.vodia.com/pbxapi); undefined for anything else. */
export function decodeProfile(json: unknown): Profile | undefined {
  const fields = fieldsOf(json)
  if (Array.isArray(json) || Object.keys(fields).length === 0) return undefined
  const mails = (textIn(fields, ['email_address', 'email']) ?? '').split(/[\s,;]+/)
  return {
    displayName: displayNameOf(fields),
    mails: mails.filter((mail) => mail.includes('@')),
    disabled: flagOf(fields.disabled ?? false) === true,
    use: textIn(fields, ['euse'])?.toLowerCase() ?? '',
  }
}

/** Extensions with a registration; undefined for an answer in which none can be found. */
export function decodeRegistrations(json: unknown): ReadonlySet<string> | undefined {
  const list = listIn(json)
  if (!list) return undefined
  const found = list.flatMap((each) => {
    const extension = textIn(fieldsOf(each), ['extension', 'account', 'user', 'name'])
    return extension === undefined ? [] : [local(extension)]
  })
  return found.length === 0 && list.length > 0 ? undefined : new Set(found)
}
