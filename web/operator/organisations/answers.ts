import { z } from 'zod'
import {
  type Day,
  type Millipence,
  millipence,
  NOTHING,
  parseEmail,
  parseId,
  parseIsoDate,
  parsePhone,
  parseUkDate,
  textProblem,
} from '#kernel'
import { type Organisation, type OrganisationContacts, parseDfeNumber } from '#schools'
import type { FieldErrors } from '../../form.ts'
import { mendRefusals } from '../../words/people.ts'

/** The kinds of organisation that are customers. */
export const customerKinds = ['school', 'authority', 'trust'] as const
export type CustomerKind = (typeof customerKinds)[number]

const LONGEST_NAME = 120
const LONGEST_LINE = 200
const LONGEST_ADDRESS = 500

/** Checks answers; what is wrong with each, in the words of its field. */
export function checked<S extends z.ZodType>(
  schema: S,
  given: unknown,
): { ok: true; value: z.infer<S> } | { ok: false; errors: FieldErrors } {
  const read = schema.safeParse(given)
  if (read.success) return { ok: true, value: read.data }
  const errors: Record<string, string> = {}
  for (const issue of read.error.issues) errors[String(issue.path[0] ?? 'form')] ??= issue.message
  return { ok: false, errors }
}

const typed = z.string().default('')
export const line = (longest: number = LONGEST_LINE) =>
  typed.pipe(z.string().trim().max(longest, `Write at most ${longest} characters`))

/** What reads a typed line into something better, or says in words why it cannot. */
const read = <T>(reading: (text: string) => { value: T } | { wrong: string }) =>
  line().transform((text, context) => {
    const found = reading(text)
    if ('value' in found) return found.value
    context.addIssue({ code: 'custom', message: found.wrong })
    return z.NEVER
  })

/** Null where nothing is typed. */
const optional = <T>(reading: (text: string) => { value: T } | { wrong: string }) =>
  read<T | null>((text) => (text === '' ? { value: null } : reading(text)))

/** A day as the browser's own field sends it, or as people write it. */
export const day = (wrong: string) =>
  optional<Day>((text) => {
    const iso = parseIsoDate(text)
    const found = iso.ok ? iso : parseUkDate(text)
    return found.ok ? { value: found.date } : { wrong }
  })

const email = (text: string) => {
  const found = parseEmail(text)
  return found.ok ? { value: found.email } : { wrong: mendRefusals[`email-${found.reason}`] }
}

const mobile = (text: string) => {
  const found = parsePhone(text)
  if (!found.ok) return { wrong: mendRefusals[`phone-${found.reason}`] }
  const problem = textProblem(found.phone)
  return problem ? { wrong: mendRefusals[problem] } : { value: found.phone.e164 }
}

const phone = (text: string) => {
  const found = parsePhone(text)
  return found.ok ? { value: found.phone.e164 } : { wrong: mendRefusals[`phone-${found.reason}`] }
}

/** Dearer than any text is, so that a slip of the point is found. */
const DEAREST_PENCE = 50

const price = (text: string) => {
  const pence = Number(text.replace(/\s*p$/i, ''))
  const isPrice = /^\d{1,2}(\.\d{1,3})?\s*p?$/i.test(text) && pence > 0 && pence <= DEAREST_PENCE
  return isPrice
    ? { value: millipence(pence) }
    : { wrong: `Enter a price in pence, up to ${DEAREST_PENCE}, like 2.4` }
}

const MOST_POUNDS = 100_000

export const pounds = read<Millipence>((text) => {
  if (text === '') return { value: NOTHING }
  const given = text.replace(/^£|,/g, '')
  const isMoney = /^\d{1,6}(\.\d{2})?$/.test(given) && Number(given) <= MOST_POUNDS
  return isMoney
    ? { value: millipence(Math.round(Number(given) * 100)) }
    : { wrong: 'Enter an amount in pounds, like 250 or 250.00' }
})

const trust = optional((text) => {
  const id = parseId('organisation', text)
  return id ? { value: id } : { wrong: 'Choose a trust from the list, or none' }
})

const dfeNumber = optional((text) => {
  const value = parseDfeNumber(text)
  return value
    ? { value }
    : { wrong: 'Enter the DfE number as three digits and four digits, like 933/4012' }
})

/** What is asked of each kind; what a form sends beyond it is not looked at. */
export const asked = {
  school: [
    'name',
    'dfeNumber',
    'partOf',
    'startsOn',
    'misSupplier',
    'textsFrom',
    'price',
    'emailFrom',
  ],
  authority: ['name', 'startsOn', 'emailFrom'],
  trust: ['name', 'startsOn'],
} as const satisfies Record<CustomerKind, readonly string[]>

const details = z
  .object({
    name: line(LONGEST_NAME).pipe(z.string().min(2, 'Enter the organisation’s name')),
    dfeNumber,
    partOf: trust,
    startsOn: day('Enter the first day, like 1/9/2026'),
    misSupplier: line().transform((text) => (text === '' ? null : text)),
    textsFrom: optional(mobile),
    price: optional(price),
    emailFrom: optional(email),
  })
  .superRefine((given, context) => {
    if (given.textsFrom === null || given.price !== null) return
    const message = 'Enter what each part of a text costs, like 2.4'
    context.addIssue({ code: 'custom', path: ['price'], message })
  })

export type DetailAnswers = Pick<
  Organisation,
  | 'name'
  | 'dfeNumber'
  | 'partOf'
  | 'startsOn'
  | 'misSupplier'
  | 'textsFrom'
  | 'emailFrom'
  | 'smsPriceMillipence'
>

/** The details of an organisation of this kind, as they were typed. */
export function detailsIn(
  kind: CustomerKind,
  given: Readonly<Record<string, unknown>>,
): { ok: true; value: DetailAnswers } | { ok: false; errors: FieldErrors } {
  const answers = checked(
    details,
    Object.fromEntries(asked[kind].map((field) => [field, given[field]])),
  )
  if (!answers.ok) return answers
  const { price: perPart, ...rest } = answers.value
  return { ok: true, value: { ...rest, smsPriceMillipence: perPart ?? NOTHING } }
}

const text = (found: string | null): string => found ?? ''

/** Whom to write to; all of it may be left out but an address that is none. */
export const contacts = z.object({
  address: line(LONGEST_ADDRESS),
  contactName: line(),
  contactEmail: optional(email).transform(text),
  contactPhone: optional(phone).transform(text),
  dataProtectionOfficerName: line(),
  dataProtectionOfficerEmail: optional(email).transform(text),
}) satisfies z.ZodType<OrganisationContacts>

/** Who is asked to open the first account. */
export const firstPerson = z.object({
  personName: line().pipe(z.string().min(2, 'Enter the name of the first Administrator')),
  personEmail: read(email),
})
