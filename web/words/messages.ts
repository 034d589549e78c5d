import type {
  Category,
  CheckProblem,
  ComposeProblem,
  ContactRule,
  Draft,
  HeldBecause,
  LeftOut,
  MessageChannel,
  Rule,
  ScheduleProblem,
  State,
} from '#messaging'
import * as messaging from '#messaging'
import type { ParcelState } from '#delivery'
import type { Status, Tone } from '../kit/index.ts'

/** What a message is for, and the one line that helps to choose. */
export const categoryWords: Record<Category, { name: string; meaning: string }> = {
  operational: {
    name: 'School business',
    meaning: 'Closures, trips, clubs, reminders. Not sent to people who replied STOP.',
  },
  attendance: {
    name: 'Attendance',
    meaning: 'About a pupil’s absence. Also sent to people who replied STOP.',
  },
  emergency: {
    name: 'Emergency',
    meaning:
      'Somebody’s safety is at stake. Goes at any hour, before everything else, to people who replied STOP too.',
  },
  engagement: {
    name: 'News',
    meaning: 'Newsletters, events, thanks. Not sent to people who replied STOP.',
  },
  marketing: {
    name: 'Fundraising and offers',
    meaning:
      'Only for people who agreed beforehand, as the law requires: those who are marked so in your management information system, and only if its export tells Schoolgate.',
  },
}

export const contactRuleWords: Record<ContactRule, { name: string; meaning?: string }> = {
  'parental-responsibility': {
    name: 'Contacts with parental responsibility',
    meaning: 'What schools use most.',
  },
  'first-two': { name: 'Contacts with priority 1 and 2' },
  first: { name: 'The contact with priority 1 only' },
  everyone: { name: 'Every contact', meaning: 'Carers, grandparents and childminders too.' },
  'pupils-themselves': {
    name: 'The pupils themselves',
    meaning: 'On their own numbers or addresses, not their parents’.',
  },
}

export const channelWords: Record<MessageChannel, { name: string; one: string; many: string }> = {
  sms: { name: 'Text message', one: 'text', many: 'texts' },
  email: { name: 'E-mail', one: 'e-mail', many: 'e-mails' },
}

/** How a message stands. */
export const stateWords: Record<State, { name: string; tone: Tone }> = {
  draft: { name: 'Draft', tone: 'grey' },
  scheduled: { name: 'Scheduled', tone: 'purple' },
  held: { name: 'Held', tone: 'yellow' },
  sending: { name: 'Sending', tone: 'blue' },
  sent: { name: 'Sent', tone: 'green' },
  cancelled: { name: 'Cancelled', tone: 'grey' },
}

export const heldWords: Record<HeldBecause, string> = {
  'no-credit':
    'There was not enough credit when it was due. Buy more, then send it from its check page.',
  'keys-gone': 'The keys to the school’s data are not there. Tell support.',
  fault:
    'Something of it could not be read, through a fault of ours. Tell support; nobody was sent it.',
  'no-carrier': 'No carrier is set up yet. Tell support; nobody was sent it.',
  'not-subscribed':
    'Call Parents is not among the school’s products any more, so it was not sent. Tell support.',
  'too-many-recipients': 'It was for more people than one message may have. Send it in parts.',
  locked:
    'The school’s contract with us has ended, so nothing is sent. Once it goes on, send it from its check page.',
}

/** How one text or e-mail stands, as the kit shows it. */
export const parcelStatus: Record<ParcelState, Status> = {
  created: 'created',
  queued: 'queued',
  sending: 'sending',
  uncertain: 'uncertain',
  sent: 'sent',
  delivered: 'delivered',
  'failed-temporary': 'failed-temporary',
  'failed-permanent': 'failed-permanent',
  'failed-technical': 'failed-technical',
  'failed-expired': 'expired',
  cancelled: 'cancelled',
}

/** Why somebody gets a message, or does not: after a name and a colon. */
export const ruleWords: Record<Rule, string> = {
  'matches-contact-rule': 'one of the contacts chosen',
  'chosen-directly': 'written to directly',
  'staff-chosen': 'a member of staff chosen',
  'pupil-themselves': 'a pupil chosen',
  'nobody-reached': 'pupils about whom nobody is told',
  'no-contact-on-record': 'pupils with no contact on record',
  'no-number': 'no mobile number',
  'no-address': 'no e-mail address',
  'number-failing': 'a number or address that does not work',
  'asked-to-stop': 'asked for no more such messages',
  'no-marketing-consent': 'has not agreed to fundraising and offers',
  restricted: 'must not be contacted',
  'restricted-since':
    'withheld: a restriction on this number or address came in while it was on its way',
  'stopped-since': 'withheld: asked for no more such messages while it was on its way',
  'number-restricted': 'shares a number with somebody who must not be contacted',
  'restriction-unreadable': 'has a restriction that cannot be read, so is left out',
  'outside-year-groups': 'in a year group that the author may not write to',
  'has-left': 'has left the school',
  'outside-contact-rule': 'not one of the contacts chosen',
}

/** What can be done about those left out, where something can. */
export const leftOutHelp: Partial<Record<LeftOut, string>> = {
  'nobody-reached': 'Reach these families another way.',
  'no-contact-on-record': 'Add contacts in your management information system, then import again.',
  'number-failing': 'They are listed under contacts to fix.',
  restricted: 'No message is ever sent to them about this child, not even in an emergency.',
}

const draftWords: Record<ComposeProblem, string> = {
  'nobody-chosen': 'Choose who the message is to',
  'too-many-chosen': 'Choose fewer people one by one, or choose whole groups',
  'no-text': 'Enter the text of the message',
  'too-long': 'The message is too long. A text may have 6 parts, 918 plain characters',
  'unknown-placeholder': 'There is no such placeholder',
  'placeholder-without-pupil':
    'Take out the placeholders about pupils: this message goes to people who are not written to about a pupil',
  'no-subject': 'Enter the subject of the e-mail',
  'subject-too-long': 'The subject must have 150 characters or fewer',
  'outside-year-groups': 'Choose only pupils of the year groups that you may write to',
  'may-not-send-emergencies': 'Choose something else: only an Administrator sends emergencies',
}

/** The sentence for what is wrong with a draft; a placeholder that is none of ours is named. */
export function draftProblemWords(problem: ComposeProblem, draft: Draft): string {
  if (problem !== 'unknown-placeholder') return draftWords[problem]
  const typed = messaging.unknownPlaceholders(`${draft.subject ?? ''}\n${draft.text}`)
  const named = typed.map((one) => `((${one}))`).join(' and ')
  return `${named} ${typed.length === 1 ? 'is not a placeholder' : 'are not placeholders'}. Use those in the list`
}

export const checkProblemWords: Record<CheckProblem, string> = {
  'nobody-to-send-to':
    'Nobody would get this message. Change who it is to, or see below why they are left out',
  'too-many-recipients':
    'This message is for more than 10,000 numbers or addresses. Send it in parts',
  'too-long-when-filled': 'With the names filled in, a text has more than 6 parts. Make it shorter',
  'not-enough-credit': 'There is not enough credit to send this now',
}

export const scheduleWords: Record<ScheduleProblem, string> = {
  ...checkProblemWords,
  'already-left': 'This message has left already, or somebody else has changed it',
  'outside-year-groups':
    'It is for pupils of year groups that you may not write to. Change who it is to',
  'may-not-send-emergencies': 'Only an Administrator sends emergencies. Change what it is for',
  'time-passed': 'The time must be in the future. To send it at once, choose “Now”',
  'too-far-ahead': 'The time must be within a year',
  'quiet-hours': 'Tick that it may go between 9pm and 7am, or choose another time',
}

/** What the trail says of a message, as a heading of its history. */
export const historyWords: Readonly<Record<string, string>> = {
  'message.composed': 'Written',
  'message.edited': 'Changed',
  'message.scheduled': 'Scheduled',
  'message.cancelled': 'Cancelled',
  'message.dispatched': 'Sending began',
  'message.held': 'Held',
}

/** "1 text", "1,240 texts" */
export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

/** Why a text or e-mail that had left was not handed over. */
export const withheldWords: Record<'restricted' | 'stopped', string> = {
  restricted: 'Not sent: restricted since',
  stopped: 'Not sent: asked to stop since',
}
