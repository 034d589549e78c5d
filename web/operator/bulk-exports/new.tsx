import { z } from 'zod'
import * as access from '#access'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import { Button, Form, Inset, Radios, Textarea } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { bulkExportKindWords } from '../../words/support.ts'
import { type Customer, customerPath, customerWithArea } from '../organisations/customer.ts'
import { reason } from '../support/customer.ts'
import { exportPath } from './asked.ts'

const form = z.object({
  what: z.enum(access.bulkExportKinds, { error: 'Choose what is exported' }),
  reason,
})

/** PRODUCT 3.8: an Administrator of the operator asks for a customer's data in bulk; another one decides. */
export const bulkExportNew = operatorRoute(
  '/operator/organisations/:organisation/bulk-export',
  'export-in-bulk',
  {
    isConfirmed: true,
    get: async (visit) => {
      const found = await customerWithArea(visit)
      return found ? show(visit, found.customer, {}, {}) : notFoundPage(visit)
    },

    post: async (visit) => {
      const found = await customerWithArea(visit)
      if (!found) return notFoundPage(visit)
      const read = await readForm(visit.c, form)
      if (!read.ok) return show(visit, found.customer, read.errors, read.typed)

      const areas = { customer: found.area, own: visit.school }
      const id = await access.requestBulkExport(visit.directory, areas, read.value)
      return seeOther(visit, exportPath({ id }), 'bulk-export-requested')
    },
  },
)

function show(
  visit: SchoolVisit,
  customer: Customer,
  errors: FieldErrors,
  typed: Typed,
): Promise<Response> {
  return formPage(
    visit,
    {
      title: 'Ask for an export',
      caption: customer.name,
      back: { href: customerPath(customer) },
      errors,
    },
    <>
      <Inset>
        Another Administrator has to agree. Then you can fetch it, once, within an hour.{' '}
        {customer.name} sees who asked and why, who agreed and when it was fetched.
      </Inset>
      <Form action={customerPath(customer, '/bulk-export')}>
        <Radios
          name="what"
          label="What is exported?"
          labelSize="s"
          choices={access.bulkExportKinds.map((value) => ({
            value,
            ...bulkExportKindWords[value],
          }))}
          value={typed.what}
          error={errors.what}
        />
        <Textarea
          name="reason"
          label="Why is it needed?"
          labelSize="s"
          hint={`Whoever decides reads this, and so does ${customer.name}`}
          rows={3}
          value={typed.reason}
          error={errors.reason}
        />
        <Button>Ask for it</Button>
      </Form>
    </>,
  )
}
