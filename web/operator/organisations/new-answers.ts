import { z } from 'zod'
import * as access from '#access'
import {
  type Day,
  invariant,
  isRefusal,
  londonDay,
  newId,
  type OrganisationId,
  parseId,
} from '#kernel'
import * as schools from '#schools'
import type { Product } from '#schools'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import type { SchoolVisit } from '../../route.ts'
import { detailsRefusal } from '../../words/organisations.ts'
import {
  asked,
  checked,
  contacts,
  type CustomerKind,
  customerKinds,
  day,
  detailsIn,
  firstPerson,
  pounds,
} from './answers.ts'

/** The pages of setting up an organisation, in order. Nothing is stored until the last is sent. */
export const steps = ['kind', 'details', 'contract', 'people', 'check'] as const
export type Step = (typeof steps)[number]

/** What each page asks, by field; products are a list of their own. */
export const fieldsOf: Record<Step, readonly string[]> = {
  kind: ['kind'],
  details: asked.school,
  contract: ['begins', 'endsOn', 'credit'],
  people: [...Object.keys(contacts.shape), ...Object.keys(firstPerson.shape)],
  check: [],
}

/** All that was answered so far. It travels with the form, so that nothing half made is kept. */
export type Answers = {
  /** Minted with the first page: the same form sent twice makes one organisation. */
  id: OrganisationId
  kind: CustomerKind
  typed: Typed
  products: readonly string[]
  /** The page asked for next, or the deed. */
  to: Step | 'create'
}

export const noAnswers = (): Answers => ({
  id: newId('organisation'),
  kind: 'school',
  typed: {},
  products: [],
  to: 'kind',
})

export async function readAnswers(visit: SchoolVisit): Promise<Answers> {
  const any = z.object({ products: z.array(z.string()).catch([]) })
  const read = await readForm(visit.c, any, ['products'])
  const { typed } = read
  const to = typed.to === 'create' ? typed.to : steps.find((step) => step === typed.to)
  return {
    id: parseId('organisation', typed.id) ?? newId('organisation'),
    kind: customerKinds.find((kind) => kind === typed.kind) ?? 'school',
    typed,
    products: read.ok ? read.value.products : [],
    to: to ?? 'kind',
  }
}

export type Fault = { step: Step; errors: FieldErrors }

/** What is wrong on the first page that is not right, of those before the one asked for. */
export async function faultBefore(
  visit: SchoolVisit,
  answers: Answers,
): Promise<Fault | undefined> {
  for (const step of steps) {
    if (step === answers.to) return undefined
    const errors = await errorsOn(step, visit, answers)
    if (errors) return { step, errors }
  }
  return undefined
}

/** Everything that was answered, once no page has a fault. */
export function whole(visit: SchoolVisit, { kind, typed, products }: Answers) {
  const details = detailsIn(kind, typed)
  const contract = contractIn({ kind, typed, products }, todayOf(visit))
  const whom = checked(contacts, typed)
  const first = checked(firstPerson, typed)
  invariant(details.ok && contract.ok && whom.ok, 'what is created has no fault')
  invariant(kind === 'trust' || first.ok, 'whoever is invited has a name and an address')
  return {
    details: details.value,
    contract: contract.value,
    contacts: whom.value,
    first: kind !== 'trust' && first.ok ? first.value : undefined,
  }
}

async function errorsOn(
  step: Step,
  visit: SchoolVisit,
  answers: Answers,
): Promise<FieldErrors | undefined> {
  const { kind, typed } = answers
  if (step === 'kind') {
    const isChosen = customerKinds.some((one) => one === typed.kind)
    return isChosen ? undefined : { kind: 'Choose what kind of organisation it is' }
  }
  if (step === 'details') return errorsInDetails(visit, answers)
  if (step === 'contract') return errorsIn(contractIn(answers, todayOf(visit)))
  if (step === 'check') return undefined
  const errors = {
    ...errorsIn(checked(contacts, typed)),
    ...(kind === 'trust' ? {} : await errorsInPerson(visit, typed)),
  }
  return Object.keys(errors).length > 0 ? errors : undefined
}

type Checked = { ok: true } | { ok: false; errors: FieldErrors }
const errorsIn = (read: Checked): FieldErrors | undefined => (read.ok ? undefined : read.errors)

async function errorsInDetails(visit: SchoolVisit, { id, kind, typed }: Answers) {
  const read = detailsIn(kind, typed)
  if (!read.ok) return read.errors
  const problem = await schools.detailsProblem(visit.directory, id, read.value)
  return isRefusal(problem) ? { [problem.field ?? 'name']: detailsRefusal(problem) } : undefined
}

async function errorsInPerson(visit: SchoolVisit, typed: Typed) {
  const read = checked(firstPerson, typed)
  if (!read.ok) return read.errors
  const isTaken = await access.hasAccount(visit.directory, read.value.personEmail)
  return isTaken
    ? { personEmail: 'This address has an account already. Enter another address' }
    : undefined
}

const todayOf = ({ directory }: SchoolVisit): Day => londonDay(directory.clock.now())

type Contract = Pick<Answers, 'kind' | 'typed' | 'products'>

/** How the contract begins and what it is for. */
function contractIn({ kind, typed, products }: Contract, today: Day) {
  const offered: readonly Product[] = schools.productsFor[kind]
  const chosen = offered.filter((product) => products.includes(product))
  const startsOn = detailsIn(kind, typed)
  const first = startsOn.ok ? (startsOn.value.startsOn ?? '') : ''
  const schema = z
    .object({
      begins: z.enum(['trial', 'active'], { error: 'Choose how the contract begins' }),
      endsOn: day('Enter an end date, like 31/8/2027'),
      credit: pounds,
      products: z.array(z.custom<Product>()),
    })
    .refine(({ endsOn }) => endsOn === null || (endsOn > today && endsOn > first), {
      path: ['endsOn'],
      error: 'Enter an end date that is still to come, and later than the first day',
    })
    .refine((given) => given.products.length > 0 || offered.length === 0, {
      path: ['products'],
      error: 'Choose at least one product',
    })
  const credit = kind === 'school' ? typed.credit : ''
  return checked(schema, { ...typed, credit, products: chosen })
}
