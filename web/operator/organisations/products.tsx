import { z } from 'zod'
import { isRefusal } from '#kernel'
import * as schools from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { Button, Form, Inset } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { type Customer, customerIn, customerPath, customerWithArea } from './customer.ts'
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
      const found = await customerWithArea(visit)
      if (!found || found.customer.kind === 'trust') return notFoundPage(visit)
      const { customer, area } = found
      const read = await readForm(visit.c, form, ['products'])
      const products = read.ok ? read.value.products : []
      const refusal = await schools.changeProducts(visit.directory, area, products)
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
  return formPage(
    visit,
    { title: 'Products', caption: customer.name, back: { href: customerPath(customer) }, errors },
    <>
      <Inset>
        A product that is switched off is gone from menus and pages at the next click. What was kept
        for it is kept for as long as it would have been.
      </Inset>
      <Form>
        <ProductFields kind={customer.kind} products={products} error={errors.products} />
        <Button>Save products</Button>
      </Form>
    </>,
  )
}
