/**
 * Ids are opaque, ASCII and prefixed with the kind of thing they name, so that a log line or a
 * queue body says what it speaks of without saying whom, and a PupilId cannot be passed for a
 * ContactId. They sort by the time they were made (48 bits of milliseconds, then 80 random bits),
 * which keeps indexes compact and pages of "newest first" free of a second column.
 */
export type Id<Kind extends string> = string & { readonly __id: Kind }

const kinds = {
  organisation: 'org',
  user: 'usr',
  session: 'ses',
  invitation: 'inv',
  'password-reset': 'pwr',
  passkey: 'pky',
  'recovery-code': 'rcc',
  challenge: 'chl',
  screening: 'scr',
  'support-access': 'sup',
  review: 'rev',
  'review-line': 'rvl',
  'bulk-export': 'bex',
  'account-mail': 'mal',
  pupil: 'pup',
  contact: 'con',
  staff: 'stf',
  point: 'pnt',
  relationship: 'rel',
  restriction: 'rst',
  'opt-out': 'opt',
  'opt-in': 'opi',
  group: 'grp',
  membership: 'mbr',
  message: 'msg',
  parcel: 'par',
  candidate: 'cnd',
  attempt: 'att',
  reply: 'rep',
  entry: 'ent',
  import: 'imp',
  findings: 'fnd',
  mapping: 'map',
  agent: 'agt',
  push: 'psh',
  'write-back': 'wrb',
  'register-page': 'rgp',
  conduct: 'cdt',
  credit: 'crd',
  key: 'key',
  'dead-letter': 'dlq',
  request: 'req',
} as const

export type Kind = keyof typeof kinds

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz' // Crockford's base 32, lower case
const ID_PATTERN = /^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/

/** A new id of this kind. The clock's milliseconds come first so that ids sort by age. */
export function newId<K extends Kind>(kind: K, nowMs: number = Date.now()): Id<K> {
  const random = crypto.getRandomValues(new Uint8Array(16))
  let tail = ''
  for (const byte of random) tail += alphabet[byte % 32]
  return `${kinds[kind]}_${timeOf(nowMs)}${tail}` as Id<K>
}

/** Whether what it names was made before that time. */
export const isMadeBefore = (id: string, atMs: number): boolean =>
  id.slice(PREFIX_CHARACTERS, PREFIX_CHARACTERS + TIME_CHARACTERS) < timeOf(atMs)

const PREFIX_CHARACTERS = 'imp_'.length
const TIME_CHARACTERS = 10

function timeOf(atMs: number): string {
  let time = ''
  for (let rest = atMs, digit = 0; digit < TIME_CHARACTERS; digit++) {
    time = alphabet[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  return time
}

/** Reads an id that came from outside (a URL, a form). Undefined where it is not one of that kind. */
export function parseId<K extends Kind>(kind: K, text: string | undefined): Id<K> | undefined {
  const isOne = text !== undefined && ID_PATTERN.test(text) && text.startsWith(`${kinds[kind]}_`)
  return isOne ? (text as Id<K>) : undefined
}

export type OrganisationId = Id<'organisation'>
/** A school is an organisation; its id is the organisation's. */
export type SchoolId = Id<'organisation'>
export type UserId = Id<'user'>
export type SupportAccessId = Id<'support-access'>
export type PupilId = Id<'pupil'>
export type ContactId = Id<'contact'>
export type StaffId = Id<'staff'>
export type PointId = Id<'point'>
export type GroupId = Id<'group'>
export type MessageId = Id<'message'>
export type ParcelId = Id<'parcel'>
export type ReplyId = Id<'reply'>
export type ImportId = Id<'import'>
export type AgentId = Id<'agent'>
export type WriteBackId = Id<'write-back'>
