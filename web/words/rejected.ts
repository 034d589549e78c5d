import { type Import, type Rejected, type RejectedReason, type RosterSource, whoIs } from '#mis'
import { whoWords } from './held-imports.ts'

/**
 * Why something was not taken, in a sentence for each reason, ending in what to do. A reason without one does
 * not compile. Of marks and conduct some words mean something else than of people.
 */
export const rejectedReason = (
  { reason, of }: Pick<Rejected, 'reason' | 'of'>,
  data: Import['data'],
): string => (of === 'staff' ? ofStaff : ofData[data])?.[reason] ?? reasons[reason]

/** Answers of an API have no lines: each record has its place in its list. */
export const lineWord = (source: RosterSource): 'Line' | 'Record' =>
  source === 'wonde' || source === 'xporter' ? 'Record' : 'Line'

/** By what the row itself says of whom it is; empty where it says nothing. */
export const whoRejected = ({ key, of, name }: Pick<Rejected, 'key' | 'of' | 'name'>): string => {
  if (name !== undefined) return name
  const who = whoIs({ ...(key && { key }) })
  if (who.kind === 'nobody') return ''
  return of === 'staff' ? `Member of staff with the id ${who.text}` : whoWords(who)
}

type Sentences = Partial<Record<RejectedReason, string>>

/** Of data without the people themselves: they are looked for on the roll. */
const onTheRoll: Sentences = {
  'unknown-person':
    'Nobody on roll has this number or name, so this was not taken. Look whether the pupil’s own details have come in.',
}

const ofStaff: Sentences = {
  'no-surname':
    'This member of staff has no surname, so the row was not taken. Add it in your school’s system.',
  'no-forename':
    'This member of staff has no forename, so the row was not taken. Add it in your school’s system.',
}

const ofMarks: Sentences = {
  ...onTheRoll,
  'cannot-be-identified':
    'The row has no UPN, admission number or id of a pupil, so the mark was not taken. Add one of them to the export.',
  'too-long':
    'The name of this period is longer than 40 characters, so the mark was not taken. Shorten it.',
  duplicate: 'This mark is in the export already, so it was not taken a second time.',
  'conflicts-with-earlier-row':
    'An earlier row has another mark of this pupil for the same session, so this one was not taken. Look at the register.',
}

const ofConduct: Sentences = {
  ...onTheRoll,
  'cannot-be-identified':
    'The row has no UPN, admission number or id of a pupil, so it was not taken. Add one of them to the export.',
}

const ofData: Partial<Record<Import['data'], Sentences>> = {
  registers: ofMarks,
  behaviour: ofConduct,
  achievements: ofConduct,
  detentions: ofConduct,
  consents: onTheRoll,
}

const reasons: Record<RejectedReason, string> = {
  'no-surname':
    'The pupil has no surname, so this row was not taken. Add it in your school’s system.',
  'no-forename':
    'The pupil has no forename, so this row was not taken. Add it in your school’s system.',
  'cannot-be-identified':
    'The pupil has no valid UPN, admission number or date of birth, so this row was not taken. Add one of them.',
  duplicate: 'This pupil is already in the file and the row adds nothing, so it was not taken.',
  'conflicts-with-earlier-row':
    'An earlier row has the same UPN or admission number for somebody else, so this row was not taken. Correct whichever is wrong.',
  'matches-earlier-row':
    'This row and an earlier one seem to be the same pupil on roll, so this row was not taken. Add the UPN to both.',
  'matches-two-pupils':
    'This row could be either of two pupils on roll, so it was not taken. Check the UPN and the admission number.',
  'number-of-another-pupil':
    'The UPN or admission number is that of another pupil on roll, whose name and date of birth are different, so this row was not taken. Check the number.',
  'looks-like-a-formula':
    'This begins with an equals sign, like a formula, so it was not taken. Type the name itself.',
  'contact-without-surname': 'This contact has no name, so it was not taken. Add a surname.',
  'too-many-contacts': 'This pupil has more than 20 contacts. The rest were not taken.',
  'too-many-values': 'There are more than 10 here for one person. The rest were not taken.',
  'too-many-groups': 'This pupil is in more than 60 groups. The rest were not taken.',
  'no-role':
    'The file does not say whether this person is a pupil, a parent or staff, so they were not taken.',
  'not-as-agreed':
    'This record is not written as the agent writes it, so it was not taken. Update the agent, or look at the export.',
  'matches-two-contacts':
    'The pupil has two contacts of this name, so this was not taken. Tell them apart in your school’s system.',
  'matches-two-staff':
    'This could be either of two members of staff, so it was not taken. Give each their own id in your school’s system.',
  'unknown-person': 'The person named here is not in the file, so this was not taken.',
  'not-a-contact':
    'The person named here is a pupil or a member of staff in the file, not a parent or carer, so they were not taken as a contact.',
  'too-long': 'This is longer than 100 characters, so it was not taken. Shorten it.',
  'upn-shape': 'UPN not taken: it must be one letter and 12 digits, such as H801200001001.',
  'upn-check-letter':
    'UPN not taken: its first letter does not match its digits, so one of them is mistyped.',
  'not-a-date': 'This is not a date. Use 23/11/2015 or 2015-11-23.',
  'date-not-plausible': 'Nobody at school was born on this date. Check the year.',
  'not-yes-or-no': 'This is neither yes nor no. Use Yes or No.',
  'not-a-priority': 'This is not a priority. Use a whole number from 1 to 99; 1 is called first.',
  'phone-not-a-number': 'This is not a telephone number, so it was not taken.',
  'phone-two-numbers':
    'There seem to be two numbers here, so neither was taken. Put each in its own column, or a semicolon between them.',
  'phone-spreadsheet-damage':
    'A spreadsheet has changed this number and its digits are lost. Export it again, with the column formatted as text.',
  'phone-extension':
    'A number with an extension cannot be dialled by machine, so it was not taken.',
  'phone-too-short': 'This telephone number has too few digits, so it was not taken.',
  'phone-too-long': 'This telephone number has too many digits, so it was not taken.',
  'phone-not-in-use':
    'No telephone has this number, so it was not taken. Check it with the family.',
  'phone-premium-rate': 'This is a number that costs extra to call, so it was not taken.',
  'phone-personal-number': 'Numbers that begin 070 are costly to call, so it was not taken.',
  'phone-pager': 'This is a pager’s number, so it was not taken.',
  'email-too-long': 'This e-mail address is too long, so it was not taken.',
  'email-not-an-address':
    'This is not an e-mail address, so it was not taken. It should look like name@example.com.',
  'email-two-addresses':
    'There seem to be two e-mail addresses here that cannot be told apart. Put a semicolon between them.',
  'email-display-name': 'Give the e-mail address alone, without a name beside it.',
  'email-bad-local-part':
    'The part of this e-mail address before the @ is not valid, so it was not taken.',
  'email-bad-domain':
    'The part of this e-mail address after the @ is not valid, so it was not taken.',
  'not-a-session':
    'This is neither morning nor afternoon. Use AM or PM, or the name of the lesson’s period.',
  'unknown-code':
    'This is not one of the national attendance codes, so the mark was not taken. Correct it in the register.',
  'withdrawn-code':
    'This code was withdrawn in August 2024, so the mark was not taken. Use one of today’s codes.',
  'before-these-codes':
    'This day is before 19 August 2024, when today’s attendance codes began, so the mark was not taken.',
  'not-minutes': 'These are not minutes late. Use a whole number from 0 to 600.',
  'no-type': 'It does not say what happened, so it was not taken. Give it a type.',
  'not-points': 'These are not points, so it was not taken. Use a whole number.',
  'not-a-kind':
    'This is neither behaviour, an achievement nor a detention, so it was not taken. Correct the kind.',
  'unknown-incident':
    'What this pupil was part of is not in the export, so it was not taken. Export everything again.',
}
