import type { ApplyRefusal, ChangedField, Import, ImportState, RosterSource } from '#mis'
import type { Tone } from '../kit/index.ts'

/** How an import stands, in a school office's words. */
export const importStates: Record<ImportState, { words: string; tone: Tone }> = {
  uploaded: { words: 'Columns to match', tone: 'yellow' },
  received: { words: 'Being read', tone: 'blue' },
  previewed: { words: 'Ready to check', tone: 'blue' },
  held: { words: 'Waiting for approval', tone: 'yellow' },
  applied: { words: 'Applied', tone: 'green' },
  discarded: { words: 'Discarded', tone: 'grey' },
  refused: { words: 'Could not be read', tone: 'red' },
}

/** Discarded by the newer export of its feed, and by nobody. */
export const REPLACED = { words: 'Replaced', tone: 'grey' } as const

export const sourceWords: Record<RosterSource, string> = {
  csv: 'CSV file',
  ctf: 'Common Transfer File',
  atf: 'Admissions Transfer File',
  sims: 'SIMS report',
  'one-roster': 'OneRoster export',
  wonde: 'Wonde export',
  xporter: 'Xporter export',
}

export const kindWords: Record<Import['kind'], string> = {
  csv: 'CSV file',
  'transfer-file': 'Transfer file (XML)',
  push: 'Sent by the agent',
}

export const changedFields: Record<ChangedField, string> = {
  surname: 'Surname',
  forename: 'Forename',
  'preferred-forename': 'Preferred forename',
  'middle-names': 'Middle names',
  upn: 'UPN',
  'admission-number': 'Admission number',
  gender: 'Gender',
  'date-of-birth': 'Date of birth',
  'year-group': 'Year group',
  'registration-group': 'Registration group',
  house: 'House',
  'curriculum-groups': 'Classes',
  reference: 'Id in the school’s system',
  title: 'Title',
  language: 'Language',
  mobile: 'Mobile',
  phone: 'Phone',
  email: 'E-mail',
  'order-of-numbers': 'Order of numbers',
  contact: 'Contact',
  relationship: 'Relationship',
  priority: 'Priority',
  'parental-responsibility': 'Parental responsibility',
}

/** Why pressing the button applied nothing, and what to do now. */
export const applyRefusals: Record<ApplyRefusal, string> = {
  'already-applied': 'This import has been applied already. It was not applied twice.',
  'already-closed':
    'This import was discarded, so nothing was applied. Upload the file again if you need it.',
  'needs-approval':
    'Nothing was applied: somebody has to approve it first, because of what it would remove or what is odd about it.',
  overtaken:
    'Nothing was applied: newer data came in meanwhile and has been applied, and this would take pupils and contacts back to before it. Discard this one.',
  'too-much-at-once':
    'Nothing was applied: by now it changes more pupils and months than can be taken in at once. Discard it, and let fewer months be sent at a time.',
  'roll-has-changed':
    'Nothing was applied: pupils or contacts have changed since this page was made. Check the import again below.',
}

/** "1 pupil", "1,500 pupils". */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
