import { z } from 'zod'
import { isRefusal } from '#kernel'
import * as schools from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { BackLink, Button, ErrorSummary, Form, Inset, PageHeading } from '../../kit/index.ts'
import { page, seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { customerOf } from '../customer-of.ts'
import { type Customer, customerIn, customerPath } from './customer.ts'
import { ProductFields } from './new-pages.tsx'

const form = z.object({ products: z.array(z.enum(schools.products)).catch([]) })

/** What a customer subscribes to. */
export const organisationProducts = operatorRoute(
  '/operator/organisations/:organisation/products',
  'change-organisations',
  {
    isConfirmed: true,
    get: async (visit) => {
      const customer = await customerIn(visit)
      if (!customer || customer.kind === 'trust') return notFoundPage(visit)
      return show(visit, customer, customer.products)
    },

    post: async (visit) => {
      const [customer, school] = await Promise.all([customerIn(visit), customerOf(visit)])
      if (!customer || !school || customer.kind === 'trust') return notFoundPage(visit)
      const read = await readForm(visit.c, form, ['products'])
      const products = read.ok ? read.value.products : []
      const refusal = await schools.changeProducts(visit.directory, school, products)
      if (isRefusal(refusal)) return show(visit, customer, products, { products: noneLeft })
      return seeOther(visit, customerPath(customer), 'organisation-changed')
    },
  },
)

const noneLeft = 'Choose at least one product. To end the contract, lock it'

function show(
  visit: SchoolVisit,
  customer: Customer,
  products: readonly string[],
  errors: FieldErrors = {},
): Promise<Response> {
  const hasErrors = Object.keys(errors).length > 0
  return page(
    visit,
    {
      title: 'Products',
      status: hasErrors ? 422 : 200,
      hasErrors,
      before: <BackLink href={customerPath(customer)} />,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <PageHeading caption={customer.name}>Products</PageHeading>
        <Inset>
          A product that is switched off is gone from menus and pages at the next click. What was
          kept for it is kept for as long as it would have been.
        </Inset>
        <Form>
          <ProductFields kind={customer.kind} products={products} error={errors.products} />
          <Button>Save products</Button>
        </Form>
      </div>
    </div>,
  )
}
