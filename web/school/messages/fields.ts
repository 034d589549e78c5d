import { z } from 'zod'
import { type Kind, type Id, parseId } from '#kernel'
import * as messaging from '#messaging'
import type { ComposeProblem, Draft, Message } from '#messaging'
import type { Refusal } from '#kernel'
import { type FieldErrors, readForm } from '../../form.ts'
import type { FormError } from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { draftProblemWords } from '../../words/messages.ts'

/** What the compose form may weigh: every pupil of a large school ticked, and an e-mail. */
export const MAX_COMPOSE_BYTES = 400_000

/** The four answers to "who is it to?"; a reply is answered to one person, who is not asked for. */
export type To = 'every-pupil' | 'some-pupils' | 'every-staff' | 'some-staff'

/** What was typed and ticked, before it is known to make sense. */
export type Fields = {
  to: To | undefined
  hasCategory: boolean
  find: string
  draft: Draft
}

const LISTS = ['groups', 'pupils', 'staff'] as const
const text = z.string().catch('')
const list = z.array(z.string()).catch([])

const schema = z.object({
  step: text,
  to: z
    .enum(['every-pupil', 'some-pupils', 'every-staff', 'some-staff'])
    .optional()
    .catch(undefined),
  groups: list,
  pupils: list,
  staff: list,
  find: text,
  contactRule: z.enum(messaging.contactRules).catch('parental-responsibility'),
  category: z.enum(messaging.categories).optional().catch(undefined),
  channel: z.enum(['sms', 'email']).catch('sms'),
  subject: text,
  text,
})

/** Reads the compose form. Fields of answers that were not given are ignored, as they may be shown. */
export async function readFields(visit: SchoolVisit): Promise<Fields & { isSearch: boolean }> {
  const read = await readForm(visit.c, schema, LISTS)
  const given = read.ok ? read.value : schema.parse({})
  const { to, category, contactRule, channel, subject } = given
  const audience = {
    ...messaging.nobody,
    everyPupil: to === 'every-pupil',
    pupils: to === 'some-pupils' ? ids('pupil', given.pupils) : [],
    groups: to === 'some-pupils' ? ids('group', given.groups) : [],
    everyStaff: to === 'every-staff',
    staff: to === 'some-staff' ? ids('staff', given.staff) : [],
  }
  return {
    to,
    hasCategory: category !== undefined,
    find: given.find.slice(0, MAX_WORDS),
    isSearch: given.step === 'find',
    draft: {
      audience,
      contactRule,
      channel,
      text: given.text,
      category: category ?? 'operational',
      subject: channel === 'email' ? subject : null,
    },
  }
}

/** An empty form, perhaps with a pupil whose page led here. */
export const newFields = (pupil: string | undefined): Fields => {
  const pupils = ids('pupil', pupil === undefined ? [] : [pupil])
  return {
    to: pupils.length > 0 ? 'some-pupils' : undefined,
    hasCategory: false,
    find: '',
    draft: {
      audience: { ...messaging.nobody, pupils },
      contactRule: 'parental-responsibility',
      category: 'operational',
      channel: 'sms',
      subject: null,
      text: '',
    },
  }
}

/** The form as a draft has it. */
export function fieldsOf({ audience, content, ...message }: Message): Fields {
  const { contactRule, category, channel } = message
  const { subject, text: written } = content
  const draft = { audience, contactRule, category, channel, subject, text: written }
  return { to: toOf(audience), hasCategory: true, find: '', draft }
}

/** A sentence for each field that is wrong, all of them at once. */
export function errorsOf(
  { draft, hasCategory }: Fields,
  more: readonly Refusal<ComposeProblem>[] = [],
): FieldErrors {
  const errors: Record<string, string> = {}
  for (const { refused, field } of [...messaging.problemsOf(draft), ...more]) {
    errors[field ?? 'text'] ??= draftProblemWords(refused, draft)
  }
  return hasCategory ? errors : { ...errors, category: 'Choose what the message is for' }
}

/** Errors in the order of their fields on the page, for the summary at its top. */
export const inOrder = (errors: FieldErrors): FormError[] =>
  ['to', 'category', 'subject', 'text'].flatMap((field) => {
    const message = errors[field]
    return message === undefined ? [] : [{ field, message }]
  })

const MAX_WORDS = 100

const ids = <K extends Kind>(kind: K, typed: readonly string[]): Id<K>[] =>
  typed.flatMap((one) => parseId(kind, one) ?? [])

function toOf(audience: Draft['audience']): To | undefined {
  if (audience.everyPupil) return 'every-pupil'
  if (audience.pupils.length + audience.groups.length > 0) return 'some-pupils'
  if (audience.everyStaff) return 'every-staff'
  return audience.staff.length > 0 ? 'some-staff' : undefined
}
