import type { DoubtfulField, Who, HeldBecause } from '#mis'
import { countOf } from './import-pages.ts'

/** Why an import waits for an approval, and what to do where it is not so. */
export const heldWords: Record<HeldBecause, (held: Held) => string> = {
  'drops-a-restricted-contact': ({ dropped }) =>
    `${countOf(dropped, 'contact')} under a restriction would not be among their child’s contacts any more. If the file lists them under another name, the restriction does not hold for that name and they would be sent messages: correct the name in your management information system, or add the restriction again as soon as the import is applied.`,
  'another-school': ({ school }) => anotherSchool(school),
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
  'removes-many-records': ({ removed, here, feed }) =>
    `${removed.toLocaleString('en-GB')} of the ${countOf(here, 'entry', 'entries')} that are known of these days are missing from this data and would be removed from the pupils they are of. If the export was cut short, or does not hold all pupils, discard it. If it never holds them all, ${toPartial(feed)}.`,
  'removes-many-pupils': ({ leaving, onRoll, feed }) => {
    const of = `${leaving.toLocaleString('en-GB')} of ${countOf(onRoll, 'pupil')}`
    const missing = `${of} ${leaving === 1 ? 'is' : 'are'} missing from this data and would be marked as left.`
    return feed === null
      ? `${missing} If the file does not hold the whole school, discard it and upload it again as a file of some pupils.`
      : `${missing} If the export does not hold the whole school, discard it. If it never does, ${toPartial(feed)}.`
  },
}

/** What somebody says by approving it, beside their box. */
export const approvalWords: Record<HeldBecause, (held: Held) => string> = {
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
 * `contactsLeaving` of `contacts`, and `pointsEnded` of their `points`: numbers and addresses. All as it was when the
 * import was compared. `feed`: the agent's name for where it came from; null for a file that somebody uploaded.
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
  feed: string | null
  school: TwoSchools
}

/** By whose name or number an import is held. `before`: the name in the last import that was let in with one. */
type TwoSchools = {
  isByNumber: boolean
  name: string | null
  number: string
  ours: string
  before: string | null
}

const toPartial = (feed: string | null): string =>
  `set the scope of the feed ${feed === null ? '' : `“${feed}” `}to “partial” in the agent’s configuration`

function anotherSchool({ isByNumber, name, number, ours, before }: TwoSchools): string {
  if (isByNumber) {
    return 'This data says that it is of another school: its local authority or establishment number is not your school’s. Both numbers are on this page, with from where Schoolgate knows yours. If your school has a new number, approve it; if not, discard it and look at the export.'
  }
  const theirs = name === null ? `the school with the number ${number}` : `“${name}”`
  const known = before === null ? '' : `, and “${before}” in the last import that named it`
  return `This data says that it is of ${theirs}. Your school is “${ours}” in Schoolgate${known}. If these are one school, approve it: you are not asked again while the export says the same. If not, discard it and look at the export.`
}

/** Whom a doubtful record is about. */
export const whoWords = (who: Who | null): string => {
  if (who === null) return 'The export as a whole'
  return who.kind === 'nobody' ? 'Somebody without a name' : `${whoKinds[who.kind]}${who.text}`
}

const whoKinds = {
  name: '',
  upn: 'Pupil with the UPN ',
  'admission-number': 'Pupil with the admission number ',
  reference: 'Pupil with the id ',
} as const

export const aheadWords = {
  export: 'When the export was made',
  birth: 'Date of birth',
  mark: 'Mark in the register',
  entry: 'Behaviour or achievement',
} as const

/** What two records of one person differ in. */
export const doubtfulFields: Record<DoubtfulField, string> = {
  leaves: 'listed as on roll, and as gone',
  key: 'UPN, admission number or id',
  surname: 'surname',
  forename: 'forename',
  preferredForename: 'preferred forename',
  middleNames: 'middle names',
  gender: 'gender',
  dateOfBirth: 'date of birth',
  yearGroup: 'year group',
  registrationGroup: 'registration group',
  house: 'house',
  curriculumGroups: 'classes',
  phones: 'telephone numbers',
  emails: 'e-mail addresses',
  contacts: 'contacts',
  reference: 'id',
  title: 'title',
  isCurrent: 'whether they work at the school',
  code: 'attendance code',
  minutesLate: 'minutes late',
  isAllowed: 'whether they may be contacted',
}
