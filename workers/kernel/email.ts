/**
 * E-mail addresses: strict enough that what passes can be handed to a provider, lenient about
 * what a copy from elsewhere leaves around them. Every pattern here is of bounded length and has
 * no nested repetition, so hostile input costs no more than honest input.
 */

export type EmailProblem =
  | 'empty'
  | 'too-long'
  | 'not-an-address'
  | 'two-addresses'
  | 'display-name'
  | 'bad-local-part'
  | 'bad-domain'

export type EmailReading =
  | { readonly ok: true; readonly email: string }
  | { readonly ok: false; readonly reason: EmailProblem }

/** RFC 5321 §4.5.3.1.3: a path is at most 256 octets, its angle brackets included. */
export const MAX_EMAIL_LENGTH = 254

/**
 * Reads one address. The part before the @ is kept as typed, the domain is lower-cased and an
 * internationalised one becomes its ASCII form (RFC 5891). A full stop, comma or semicolon that
 * a list left at the end is dropped, as are "mailto:" and bare angle brackets. A display name is
 * refused: its words would be stored as part of the address.
 */
export function parseEmail(raw: string): EmailReading {
  if (raw.length > 2 * MAX_EMAIL_LENGTH) return no('too-long')
  const text = bare(raw)
  if (text === '') return no('empty')
  const ats = text.split('@').length - 1
  if (ats === 0) return no('not-an-address')
  if (/[<>]/.test(text)) return no(ats > 1 ? 'two-addresses' : 'display-name')
  if (ats > 1) return no(/[\s,;|/]/.test(text) ? 'two-addresses' : 'not-an-address')

  const at = text.indexOf('@')
  const local = text.slice(0, at)
  if (!isLocalPart(local)) return no('bad-local-part')
  const domain = asciiDomain(text.slice(at + 1))
  if (domain === undefined) return no('bad-domain')
  const email = `${local}@${domain}`
  return email.length > MAX_EMAIL_LENGTH ? no('too-long') : { ok: true, email }
}

/**
 * The same mailbox, however its capitals were typed: what fingerprints and "one per address"
 * compare. RFC 5321 §2.4 lets a server tell them apart; none that a parent uses does.
 */
export const mailboxKey = (email: string): string => email.toLowerCase()

const MAX_LOCAL_LENGTH = 64 // RFC 5321 §4.5.3.1.1
const MAX_DOMAIN_LENGTH = 253 // RFC 1035 §2.3.4, without the root's dot
const LOCAL_CHARACTERS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/ // RFC 5322 §3.2.3 dot-atom
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/ // RFC 1123 §2.1
const TOP_LABEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/ // never all digits: RFC 3696 §2
const HOST_BREAKERS = /[\s\\/?#@:%[\]<>^|`{}"(),;_!*'&=+$~]/ // other parts of a URL

const no = (reason: EmailProblem): EmailReading => ({ ok: false, reason })

const bare = (raw: string): string =>
  raw
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<([^<>]*)>$/, '$1')
    .replace(/[.,;]$/, '')
    .trim()

const isLocalPart = (local: string): boolean =>
  local.length <= MAX_LOCAL_LENGTH &&
  LOCAL_CHARACTERS.test(local) &&
  !local.startsWith('.') &&
  !local.endsWith('.') &&
  !local.includes('..')

function asciiDomain(typed: string): string | undefined {
  if (typed.length > MAX_DOMAIN_LENGTH || HOST_BREAKERS.test(typed)) return undefined
  const domain = isAscii(typed) ? typed.toLowerCase() : punycode(typed)
  if (domain === undefined || domain.length > MAX_DOMAIN_LENGTH) return undefined
  const labels = domain.split('.')
  const top = labels.at(-1) ?? ''
  const isHost = labels.length > 1 && labels.every((label) => LABEL.test(label))
  return isHost && TOP_LABEL.test(top) ? domain : undefined
}

const isAscii = (text: string): boolean => /^[\x21-\x7e]*$/.test(text)

/** The platform's URL parser carries the IDNA tables (WHATWG URL §3.3), so that we need none. */
function punycode(domain: string): string | undefined {
  const url = URL.parse(`http://${domain}/`)
  return url === null ? undefined : url.hostname
}
