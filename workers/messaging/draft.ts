import { count, MAX_PARTS, MAX_TEXT_LENGTH, normalise } from '#delivery'
import { type Refusal, refuse } from '#kernel'
import { type Audience, type ContactRule, hasOthers, isNobody, isTooMany } from './audience.ts'
import type { Category, MessageChannel } from './message.ts'
import { find, type Placeholder, unknown } from './placeholders.ts'

/** What is written and for whom, before anything is kept. */
export type Draft = {
  audience: Audience
  contactRule: ContactRule
  category: Category
  channel: MessageChannel
  subject: string | null
  text: string
}

export type DraftProblem =
  | 'nobody-chosen'
  | 'too-many-chosen'
  | 'no-text'
  | 'too-long'
  | 'unknown-placeholder'
  | 'placeholder-without-pupil'
  | 'no-subject'
  | 'subject-too-long'

/** An e-mail is a letter to parents, not a book. */
export const MAX_EMAIL_TEXT = 20_000
/** Longer ones are cut by mail programs (RFC 5322 §2.1.1 recommends lines of 78 characters). */
export const MAX_SUBJECT = 150

/** Everything that is wrong with a draft by itself, each at its field. */
export function problemsOf(draft: Draft): Refusal<DraftProblem>[] {
  return [
    ...audienceProblems(draft.audience),
    ...(draft.channel === 'email' ? subjectProblems(draft) : []),
    ...textProblems(draft),
  ]
}

/** The draft as it is kept: of a text no subject, and the marks that would cost room made plain. */
export const tidied = (draft: Draft): Draft =>
  draft.channel === 'sms'
    ? { ...draft, subject: null, text: normalise(draft.text).trim() }
    : { ...draft, subject: draft.subject?.trim() ?? '', text: draft.text.trim() }

function audienceProblems(audience: Audience): Refusal<DraftProblem>[] {
  if (isNobody(audience)) return [refuse('nobody-chosen', 'to')]
  return isTooMany(audience) ? [refuse('too-many-chosen', 'to')] : []
}

function subjectProblems({ subject, audience }: Draft): Refusal<DraftProblem>[] {
  if (!subject?.trim()) return [refuse('no-subject', 'subject')]
  if (subject.length > MAX_SUBJECT) return [refuse('subject-too-long', 'subject')]
  return placeholderProblems(subject, audience, 'subject')
}

function textProblems({ text, channel, audience }: Draft): Refusal<DraftProblem>[] {
  if (text.trim() === '') return [refuse('no-text', 'text')]
  const isTooLong =
    channel === 'sms'
      ? text.length > 2 * MAX_TEXT_LENGTH || count(text).parts > MAX_PARTS
      : text.length > MAX_EMAIL_TEXT
  if (isTooLong) return [refuse('too-long', 'text')]
  return placeholderProblems(text, audience, 'text')
}

function placeholderProblems(
  text: string,
  audience: Audience,
  field: string,
): Refusal<DraftProblem>[] {
  if (unknown(text).length > 0) return [refuse('unknown-placeholder', field)]
  const needsPupil = find(text).some((one) => aboutPupils.has(one))
  return needsPupil && hasOthers(audience) ? [refuse('placeholder-without-pupil', field)] : []
}

const aboutPupils: ReadonlySet<Placeholder> = new Set([
  'pupil first name',
  'pupil full name',
  'registration group',
  'year group',
])
