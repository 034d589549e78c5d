import { z } from 'zod'
import * as access from '#access'
import { notFoundPage } from '../../error-pages.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import {
  BackLink,
  Button,
  ErrorSummary,
  Form,
  Inset,
  PageHeading,
  Radios,
  Textarea,
} from '../../kit/index.ts'
import { page, seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { bulkExportKindWords } from '../../words/support.ts'
import { customerAsked, reason } from '../support/customer.ts'
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
      const customer = await customerAsked(visit)
      return customer ? show(visit, customer.organisation, {}, {}) : notFoundPage(visit)
    },

    post: async (visit) => {
      const customer = await customerAsked(visit)
      if (!customer) return notFoundPage(visit)
      const read = await readForm(visit.c, form)
      if (!read.ok) return show(visit, customer.organisation, read.errors, read.typed)

      const areas = { customer: customer.area, own: visit.school }
      const id = await access.requestBulkExport(visit.directory, areas, read.value)
      return seeOther(visit, exportPath({ id }), 'bulk-export-requested')
    },
  },
)

function show(
  visit: SchoolVisit,
  { id, name }: Pick<SchoolVisit['organisation'], 'id' | 'name'>,
  errors: FieldErrors,
  typed: Typed,
): Promise<Response> {
  const hasErrors = Object.keys(errors).length > 0
  return page(
    visit,
    {
      title: 'Ask for an export',
      status: hasErrors ? 422 : 200,
      hasErrors,
      before: <BackLink href={`/operator/organisations/${id}`} />,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <PageHeading caption={name}>Ask for an export</PageHeading>
        <Inset>
          Another Administrator has to agree. Then you can fetch it, once, within an hour. {name}{' '}
          sees who asked and why, who agreed and when it was fetched.
        </Inset>
        <Form action={`/operator/organisations/${id}/bulk-export`}>
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
            hint={`Whoever decides reads this, and so does ${name}`}
            rows={3}
            value={typed.reason}
            error={errors.reason}
          />
          <Button>Ask for it</Button>
        </Form>
      </div>
    </div>,
  )
}
