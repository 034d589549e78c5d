import { z } from 'zod'
import { isRefusal, type Millipence, showPence, showPhone } from '#kernel'
import * as schools from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import { Button, Form } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { detailsRefusal } from '../../words/organisations.ts'
import { checked, contacts as contactsForm, detailsIn } from './answers.ts'
import { type Customer, customerPath, customerWithArea, type CustomerWithArea } from './customer.ts'
import { ContactFields, DetailFields } from './fields.tsx'

/** What an organisation is called, where its messages come from, and whom to write to there. */
export const organisationDetails = operatorRoute(
  '/operator/organisations/:organisation/details',
  'change-organisations',
  {
    isConfirmed: true,
    get: async (visit) => {
      const found = await customerWithArea(visit)
      if (!found) return notFoundPage(visit)
      const contacts = await schools.contactsOf(visit.directory, found.area)
      return show(visit, found.customer, {}, { ...asTyped(found.customer), ...contacts })
    },

    post: async (visit) => {
      const found = await customerWithArea(visit)
      return found ? change(visit, found) : notFoundPage(visit)
    },
  },
)

async function change(visit: SchoolVisit, { customer, area }: CustomerWithArea): Promise<Response> {
  const { typed } = await readForm(visit.c, z.object({}))
  const [details, contacts] = [detailsIn(customer.kind, typed), checked(contactsForm, typed)]
  if (!details.ok || !contacts.ok) {
    const errors = {
      ...(details.ok ? {} : details.errors),
      ...(contacts.ok ? {} : contacts.errors),
    }
    return show(visit, customer, errors, typed)
  }

  const { directory } = visit
  const refusal = await schools.changeDetails(directory, area, details.value, contacts.value)
  if (!isRefusal(refusal)) return seeOther(visit, customerPath(customer), 'organisation-changed')
  if (refusal.refused === 'no-such-organisation') return notFoundPage(visit)
  return show(visit, customer, { [refusal.field ?? 'name']: detailsRefusal(refusal) }, typed)
}

/** What is known, as it would be typed. */
const asTyped = (customer: Customer): Typed => ({
  name: customer.name,
  dfeNumber: customer.dfeNumber ?? '',
  partOf: customer.partOf ?? '',
  startsOn: customer.startsOn ?? '',
  misSupplier: customer.misSupplier ?? '',
  textsFrom: customer.textsFrom ? showPhone(customer.textsFrom) : '',
  price: priceTyped(customer.smsPriceMillipence),
  emailFrom: customer.emailFrom ?? '',
})

const priceTyped = (price: Millipence): string =>
  price > 0 ? showPence(price).replace(/p$/, '') : ''

async function show(
  visit: SchoolVisit,
  customer: Customer,
  errors: FieldErrors,
  typed: Typed,
): Promise<Response> {
  const trusts = await schools.trusts(visit.directory)
  return formPage(
    visit,
    { title: 'Details', caption: customer.name, back: { href: customerPath(customer) }, errors },
    <Form>
      <DetailFields kind={customer.kind} trusts={trusts} typed={typed} errors={errors} />
      <h2 class="govuk-heading-m">Whom to write to</h2>
      <ContactFields typed={typed} errors={errors} />
      <Button>Save details</Button>
    </Form>,
  )
}
