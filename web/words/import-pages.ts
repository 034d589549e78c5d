import type {
  ApplyRefusal,
  ChangedField,
  HeldBecause,
  Import,
  ImportState,
  RosterSource,
} from '#mis'
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

export const heldWords: Record<HeldBecause, (counts: Held) => string> = {
  'drops-a-restricted-contact': ({ dropped }) =>
    `${countOf(dropped, 'contact')} under a restriction would not be among their child’s contacts any more. If the file lists them under another name, the restriction does not hold for that name and they would be sent messages: correct the name in your management information system, or add the restriction again as soon as the import is applied.`,
  'another-school': () =>
    'This data says that it is of another school: its local authority or establishment number is not your school’s. Both numbers are on this page, with from where Schoolgate knows yours. If your school has a new number, approve it; if not, discard it and look at the export.',
  'dated-ahead': () =>
    'There is a date in this data that has not come yet. The clock of the computer that sent it may be wrong, or somebody mistyped a date in your management information system.',
  'contradicts-itself': () =>
    'This data says two different things of the same person, so it is not clear which is right. Look at it in your management information system, and let it be sent again.',
  empty: () =>
    'This data says that it is of the whole school, and there is nobody in it. The export may have failed.',
  'removes-many-staff': ({ staffLeaving }) =>
    `${countOf(staffLeaving, 'member of staff is', 'members of staff are')} missing from this data and would be marked as left.`,
  'ends-many-restrictions': ({ ended, orders }) =>
    `${ended} of the ${countOf(orders, '“do not contact” mark', '“do not contact” marks')} of your management information system are missing from this data and would end: those contacts would be sent messages again. If the export does not hold these marks any more, discard it.`,
  'removes-many-contacts': ({ contactsLeaving, contacts }) =>
    `${contactsLeaving} of the ${countOf(contacts, 'contact')} of pupils who stay would not be contacts of any pupil any more. If the export does not hold all contacts, discard it and look at what it holds.`,
  'removes-many-points': ({ pointsEnded, points }) =>
    `${pointsEnded} of the ${countOf(points, 'number or address', 'numbers and addresses')} of contacts are missing from this data and would go. If a column of the export is empty, or is matched with the wrong one here, discard it.`,
  'removes-many-records': ({ removed, here }) =>
    `${removed.toLocaleString('en-GB')} of the ${countOf(here, 'entry', 'entries')} that are known of these days are missing from this data and would be removed from the pupils they are of. If the export was cut short, or does not hold all pupils, discard it. If it never holds them all, set the scope of this feed to “partial” in the agent’s configuration.`,
  'removes-many-pupils': ({ leaving, onRoll }) =>
    `${leaving} of ${onRoll} pupils are missing from this file and would be marked as left. If the file does not hold the whole school, discard it and upload it again as a file of some pupils.`,
}

/** What somebody says by approving it, beside their box. */
export const approvalWords: Record<HeldBecause, (counts: Held) => string> = {
  'drops-a-restricted-contact': ({ dropped }) =>
    `I have checked ${countOf(dropped, 'restricted contact')} against the file`,
  'another-school': () => 'I have checked that this data is of our school',
  'dated-ahead': () => 'I have checked the dates',
  'contradicts-itself': () => 'I have checked what it says twice',
  empty: () => 'I have checked that nobody is to be in it',
  'removes-many-staff': ({ staffLeaving }) =>
    `I have checked that ${countOf(staffLeaving, 'member of staff has', 'members of staff have')} left the school`,
  'ends-many-restrictions': ({ ended }) =>
    `I have checked that ${countOf(ended, 'contact')} may be contacted again`,
  'removes-many-contacts': ({ contactsLeaving }) =>
    `I have checked that ${countOf(contactsLeaving, 'contact is', 'contacts are')} to be removed`,
  'removes-many-points': ({ pointsEnded }) =>
    `I have checked that ${countOf(pointsEnded, 'number or address is', 'numbers and addresses are')} to be removed`,
  'removes-many-records': ({ removed }) =>
    `I have checked that ${countOf(removed, 'entry is', 'entries are')} to be removed`,
  'removes-many-pupils': ({ leaving }) =>
    `I have checked that ${countOf(leaving, 'pupil has', 'pupils have')} left the school`,
}

/**
 * `removed` of `here` entries about what pupils did would go, `ended` of `orders` "do not contact" marks,
 * `contactsLeaving` of `contacts`, and `pointsEnded` of their `points`: numbers and addresses.
 */
export type Held = {
  leaving: number
  onRoll: number
  dropped: number
  staffLeaving: number
  removed: number
  here: number
  ended: number
  orders: number
  contactsLeaving: number
  contacts: number
  pointsEnded: number
  points: number
}

/** "1 pupil", "1,500 pupils". */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
