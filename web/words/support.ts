import type { AskedLevel, BulkExportKind, BulkExportStanding, Role } from '#access'
import type { Tone } from '../kit/index.ts'
import { roleNames } from './roles.ts'

/** Why support was not let in. One sentence for a wrong code, an old or used one, and another school’s. */
export const letInRefusals: Record<'not-this-code' | 'throttled', string> = {
  'not-this-code':
    'That code does not let you in at that level. Ask the caller to make a new one and read it out again',
  throttled: 'There were too many tries. Wait 5 minutes, then ask the caller for a new code',
}

/** "the level of a Basic User". */
export const levelOf = (role: Role): string => {
  const name = roleNames[role]
  return `the level of ${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`
}

export const askedLevelWords: Record<AskedLevel, { text: string; hint: string }> = {
  theirs: { text: 'That of the person who made the code', hint: 'You see what they see' },
  'data-manager': {
    text: 'Data Manager',
    hint: 'Where the code is an Administrator’s or a Data Manager’s',
  },
  basic: { text: 'Basic User', hint: 'Where the code is an Administrator’s or a Basic User’s' },
}

/** Why a reason was not taken. */
export const reasonWords = {
  short: 'Say why, in at least 10 characters. The school reads it',
  long: 'Say why in at most 500 characters',
} as const

export const bulkExportKindWords: Record<BulkExportKind, { text: string; hint: string }> = {
  trail: { text: 'The trail', hint: 'Every entry, with ids in place of names' },
  users: {
    text: 'The users',
    hint: 'Names, addresses, roles and dates of everyone with an account',
  },
}

export const bulkExportStandings: Record<BulkExportStanding, { text: string; tone: Tone }> = {
  waiting: { text: 'Waiting for a second person', tone: 'yellow' },
  lapsed: { text: 'Nobody decided in time', tone: 'grey' },
  refused: { text: 'Refused', tone: 'red' },
  ready: { text: 'Ready to fetch', tone: 'green' },
  fetched: { text: 'Fetched', tone: 'blue' },
  missed: { text: 'Not fetched in time', tone: 'grey' },
}

export const decideRefusals: Record<'own-request' | 'not-independent' | 'already-decided', string> =
  {
    'own-request': 'You asked for this export, so another Administrator decides on it',
    'not-independent':
      'Another Administrator decides on it: whoever asked invited you, or your account is less than a week old',
    'already-decided': 'This was decided already, or is more than a week old',
  }

export const takeRefusals: Record<'not-to-be-had', string> = {
  'not-to-be-had':
    'This export cannot be fetched: only whoever asked may, once, within an hour of the second person’s leave',
}
