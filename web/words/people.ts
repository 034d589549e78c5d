import type {
  AddRefusal,
  Channel,
  EndedBecause,
  EndRefusal,
  GroupKind,
  JoinRefusal,
  MendRefusal,
  PersonKind,
  RestrictionScope,
  Standing,
} from '#people'

/** What a restriction covers, as it is chosen. */
export const scopeWords: Record<RestrictionScope, { text: string; hint: string }> = {
  'all-contact': {
    text: 'No contact at all',
    hint: 'A court order or the like says that the school must not be in touch with them',
  },
  'no-location': {
    text: 'Nothing that says where the child is',
    hint: 'They are left out of every message, because a message may mention a place or a time',
  },
  'reports-only': {
    text: 'School reports only',
    hint: 'They may be given reports; they are left out of every message',
  },
}

/** What a restriction means for messages, for everyone who sees the contact. */
export const standingWords: Record<Exclude<Standing, 'none'>, string> = {
  'all-contact': 'Do not contact',
  'no-location': 'Do not contact',
  'reports-only': 'Do not contact',
  unreadable: 'Do not contact: restriction cannot be read',
}

export const channelWords: Record<Channel, string> = {
  sms: 'Mobile',
  voice: 'Telephone',
  email: 'E-mail',
}

/** Of the codes that management information systems use; another word is shown as it came. */
export const genderWords: Record<string, string> = { M: 'Male', F: 'Female' }

export const personWords: Record<PersonKind, string> = {
  contact: 'Contact',
  pupil: 'Pupil',
  staff: 'Staff',
}

export const groupWords: Record<GroupKind, { one: string; every: string }> = {
  year: { one: 'Year', every: 'Every year' },
  registration: { one: 'Registration group', every: 'Every registration group' },
  house: { one: 'House', every: 'Every house' },
  curriculum: { one: 'Class', every: 'Every class' },
}

export const endedBecauseWords: Record<EndedBecause, string> = {
  'order-ended': 'The order has ended or was lifted',
  'entered-by-mistake': 'It was entered by mistake',
  'replaced-by-another': 'Another restriction takes its place',
}

export const addRefusals: Record<AddRefusal, string> = {
  'not-a-contact': 'Choose one of this pupil’s contacts',
  'review-before-start': 'The review date must be after the start date',
  'dates-make-no-sense': 'Enter a start date after 1990 and a review date before 2200',
  'already-restricted': 'This restriction is already in place',
}

export const joinRefusals: Record<JoinRefusal, string> = {
  'no-such-contact': 'One of them is not there any more: somebody may have joined them already',
  'same-contact': 'These are the same record',
  'not-duplicates':
    'Only contacts on the list “There twice” can be joined: two records with the same name, and a child, a number or an address in common',
  'changed-meanwhile': 'One of them was changed meanwhile. Look at them again',
}

export const endRefusals: Record<EndRefusal, string> = {
  'no-such-restriction': 'This restriction is not there any more',
  'comes-from-mis':
    'This restriction came with an import. Change it in your management information system: it ends with the next import',
  'already-ended': 'Somebody has already ended this restriction',
}

export const mendRefusals: Record<MendRefusal, string> = {
  'phone-empty': 'Enter a telephone number',
  'phone-not-a-number': 'Enter a telephone number, like 07700 900 982',
  'phone-two-numbers': 'Enter one telephone number, not two',
  'phone-spreadsheet-damage':
    'A spreadsheet has cut this number short. Enter the whole number, like 07700 900 982',
  'phone-extension': 'Enter a number without an extension: extensions cannot be dialled',
  'phone-too-short': 'This telephone number has too few digits',
  'phone-too-long': 'This telephone number has too many digits',
  'phone-not-in-use': 'Nobody has this telephone number. Check it and enter it again',
  'phone-premium-rate': 'Enter a number that does not cost extra to call',
  'phone-personal-number': 'Enter a number that does not begin with 070: those are costly to call',
  'phone-pager': 'Enter a mobile number. This is a pager’s',
  'not-a-mobile': 'Enter a mobile number. This one cannot take texts',
  'not-uk': 'Enter a UK mobile number. Texts go to UK numbers only',
  'email-empty': 'Enter an e-mail address',
  'email-too-long': 'Enter a shorter e-mail address',
  'email-not-an-address': 'Enter an e-mail address, like name@example.com',
  'email-two-addresses': 'Enter one e-mail address, not two',
  'email-display-name': 'Enter the e-mail address alone, without a name',
  'email-bad-local-part': 'Check the part before the @: it has a sign that no address has',
  'email-bad-domain': 'Check the part after the @, like example.com',
  'no-such-point': 'This number or address is not there any more',
  'has-it-already': 'This person has this number or address already',
  'changed-meanwhile':
    'Somebody else has changed this meanwhile. Look at what is there now, then try again',
}

/** Why messages to a number or an address fail, from the carrier's own code. */
export const failingWords = (code: string | null): string =>
  (code !== null && failures[code]) || 'Messages to it do not arrive'

const nobody = 'Nobody has this number'
const off = 'The phone was off or out of reach'
const barred = 'The network does not let texts through to it'
const network = 'The network could not deliver to it'

const failures: Record<string, string> = {
  'unknown-subscriber': nobody,
  '001': nobody,
  'invalid-number': nobody,
  'absent-subscriber': off,
  '027': off,
  barred,
  '009': barred,
  'network-error': network,
  '032': network,
  'handset-full': 'The phone is full',
  'validity-expired': 'It was not delivered in time',
  '5.1.1': 'There is no such mailbox',
  '5.2.2': 'The mailbox is full',
}
