import type {
  ApplyRefusal,
  ChangedField,
  HeldBecause,
  Import,
  ImportState,
  RosterSource,
} from '#mis'
import type { Tone } from './kit/index.ts'

/** How an import stands, in a school office's words. */
export const importStates: Record<ImportState, { words: string; tone: Tone }> = {
  uploaded: { words: 'Columns to match', tone: 'yellow' },
  previewed: { words: 'Ready to check', tone: 'blue' },
  held: { words: 'Waiting for approval', tone: 'yellow' },
  applied: { words: 'Applied', tone: 'green' },
  discarded: { words: 'Discarded', tone: 'grey' },
}

export const sourceWords: Record<RosterSource, string> = {
  csv: 'CSV file',
  ctf: 'Common Transfer File',
  atf: 'Admissions Transfer File',
}

export const kindWords: Record<Import['kind'], string> = {
  csv: 'CSV file',
  'transfer-file': 'Transfer file (XML)',
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
    'Nothing was applied: it would remove so many pupils, or a restricted contact, that somebody has to approve it first.',
  'roll-has-changed':
    'Nothing was applied: pupils or contacts have changed since this page was made. Check the import again below.',
}

export const heldWords: Record<HeldBecause, (counts: Held) => string> = {
  'drops-a-restricted-contact': ({ dropped }) =>
    `${countOf(dropped, 'contact')} under a restriction would not be among their child’s contacts any more. If the file lists them under another name, the restriction does not hold for that name and they would be sent messages: correct the name in your management information system, or add the restriction again as soon as the import is applied.`,
  'removes-many-pupils': ({ leaving, onRoll }) =>
    `${leaving} of ${onRoll} pupils are missing from this file and would be marked as left. If the file does not hold the whole school, discard it and upload it again as a file of some pupils.`,
}

/** What somebody says by approving it, beside their box. */
export const approvalWords: Record<HeldBecause, (counts: Held) => string> = {
  'drops-a-restricted-contact': ({ dropped }) =>
    `I have checked ${countOf(dropped, 'restricted contact')} against the file`,
  'removes-many-pupils': ({ leaving }) =>
    `I have checked that ${countOf(leaving, 'pupil has', 'pupils have')} left the school`,
}

export type Held = { leaving: number; onRoll: number; dropped: number }

/** "1 pupil", "1,500 pupils". */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
