import { z } from 'zod'
import { isRefusal, type Millipence, showPence, showPhone } from '#kernel'
import * as schools from '#schools'
import type { School } from '#shards'
import { notFoundPage } from '../../error-pages.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import { BackLink, Button, ErrorSummary, Form, PageHeading } from '../../kit/index.ts'
import { page, seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { detailsRefusal } from '../../words/organisations.ts'
import { customerOf } from '../customer-of.ts'
import { checked, contacts as contactsForm, detailsIn } from './answers.ts'
import { type Customer, customerIn, customerPath } from './customer.ts'
import { ContactFields, DetailFields } from './fields.tsx'

/** What an organisation is called, where its messages come from, and whom to write to there. */
export const organisationDetails = operatorRoute(
  '/operator/organisations/:organisation/details',
  'change-organisations',
  {
    isConfirmed: true,
    get: async (visit) => {
      const found = await foundBy(visit)
      if (!found) return notFoundPage(visit)
      const contacts = await schools.contactsOf(visit.directory, found.school)
      return show(visit, found.customer, {}, { ...asTyped(found.customer), ...contacts })
    },

    post: async (visit) => {
      const found = await foundBy(visit)
      return found ? change(visit, found) : notFoundPage(visit)
    },
  },
)

type Found = { customer: Customer; school: School }

async function foundBy(visit: SchoolVisit): Promise<Found | undefined> {
  const [customer, school] = await Promise.all([customerIn(visit), customerOf(visit)])
  return customer && school && { customer, school }
}

async function change(visit: SchoolVisit, { customer, school }: Found): Promise<Response> {
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
  const refusal = await schools.changeDetails(directory, school, details.value, contacts.value)
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
  const hasErrors = Object.keys(errors).length > 0
  const trusts = await schools.trusts(visit.directory)
  return page(
    visit,
    {
      title: 'Details',
      status: hasErrors ? 422 : 200,
      hasErrors,
      before: <BackLink href={customerPath(customer)} />,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <PageHeading caption={customer.name}>Details</PageHeading>
        <Form>
          <DetailFields kind={customer.kind} trusts={trusts} typed={typed} errors={errors} />
          <h2 class="govuk-heading-m">Whom to write to</h2>
          <ContactFields typed={typed} errors={errors} />
          <Button>Save details</Button>
        </Form>
      </div>
    </div>,
  )
}
