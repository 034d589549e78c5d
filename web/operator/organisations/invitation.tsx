import { z } from 'zod'
import * as access from '#access'
import { isRefusal } from '#kernel'
import * as schools from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import { Button, Form, Inset } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { roleNames } from '../../words/roles.ts'
import { checked, firstPerson } from './answers.ts'
import { type Customer, customerIn, customerPath, customerWithArea } from './customer.ts'
import { inviteFirst } from './invite-first.ts'
import { PersonFields } from './new-pages.tsx'

/**
 * Invites somebody to be in charge at a customer where nobody is: the first invitation was refused, went
 * astray or expired. Where somebody is in charge, they invite their own people (PRODUCT 3.1).
 */
export const organisationInvitation = operatorRoute(
  '/operator/organisations/:organisation/invitation',
  'change-organisations',
  {
    isConfirmed: true,
    get: async (visit) => {
      const customer = await customerIn(visit)
      if (!customer || !(await isToBeInvited(visit, customer))) return away(visit, customer)
      return show(visit, customer, {}, {})
    },

    post: async (visit) => {
      const found = await customerWithArea(visit)
      if (!found) return notFoundPage(visit)
      const { customer, area } = found
      if (!(await isToBeInvited(visit, customer))) return away(visit, customer)
      const { typed } = await readForm(visit.c, z.object({}))
      const read = checked(firstPerson, typed)
      if (!read.ok) return show(visit, customer, read.errors, typed)

      const person = { name: read.value.personName, email: read.value.personEmail }
      const refusal = await inviteFirst(visit, area, customer, person)
      if (!isRefusal(refusal))
        return seeOther(visit, customerPath(customer), 'organisation-invited')
      return show(visit, customer, { personEmail: refusedWords(refusal.refused) }, typed)
    },
  },
)

async function isToBeInvited(visit: SchoolVisit, customer: Customer): Promise<boolean> {
  if (customer.kind === 'trust' || !schools.isOpen(customer)) return false
  const people = await access.countByRole(visit.directory, customer.id)
  return !people.some((one) => access.isInCharge(one.role) && one.people > one.suspended)
}

const away = (visit: SchoolVisit, customer: Customer | undefined) =>
  customer ? seeOther(visit, customerPath(customer)) : notFoundPage(visit)

const refusedWords = (refused: access.InviteRefusal['refused']): string =>
  refused === 'email-taken'
    ? 'This address has an account already. Enter another address'
    : 'Nobody more can be invited until some invitations have expired'

function show(
  visit: SchoolVisit,
  customer: Customer,
  errors: FieldErrors,
  typed: Typed,
): Promise<Response> {
  const [role] = access.rolesOf[customer.kind]
  return formPage(
    visit,
    {
      title: 'Invite an Administrator',
      caption: customer.name,
      back: { href: customerPath(customer) },
      errors,
    },
    <>
      <Inset>
        They are sent an invitation to be {role && roleNames[role]} there, good for a week. An
        earlier one to the same address stops working.
      </Inset>
      <Form>
        <PersonFields typed={typed} errors={errors} />
        <Button>Send the invitation</Button>
      </Form>
    </>,
  )
}
