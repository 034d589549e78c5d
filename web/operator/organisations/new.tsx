import * as access from '#access'
import { invariant, isRefusal } from '#kernel'
import * as schools from '#schools'
import { callerOf } from '../../caller.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { detailsRefusal } from '../../words/organisations.ts'
import { customerOf } from '../customer-of.ts'
import { customerPath } from './customer.ts'
import { inviteFirst } from './invite-first.ts'
import { type Answers, faultBefore, noAnswers, readAnswers, whole } from './new-answers.ts'
import { showCheck } from './new-check.tsx'
import { showStep } from './new-pages.tsx'

/**
 * Sets up a customer, page by page: what was answered travels with the form and is checked again as a
 * whole at the end, when the organisation is made and its first Administrator invited.
 */
export const organisationNew = operatorRoute(
  '/operator/organisations/new',
  'change-organisations',
  {
    isConfirmed: true,
    get: (visit) => showStep(visit, noAnswers(), { step: 'kind', errors: {} }),

    post: async (visit) => {
      const answers = await readAnswers(visit)
      const fault = await faultBefore(visit, answers)
      if (fault) return showStep(visit, answers, fault)
      const { to } = answers
      if (to === 'create') return create(visit, answers)
      if (to === 'check') return showCheck(visit, answers)
      return showStep(visit, answers, { step: to, errors: {} })
    },
  },
)

async function create(visit: SchoolVisit, answers: Answers): Promise<Response> {
  const { kind, id } = answers
  const { details, contract, contacts, first } = whole(visit, answers)
  const by = { kind: 'operator', id: visit.user.id, role: visit.user.role, access: null } as const
  const done = await schools.setUp(visit.directory, {
    ...details,
    id,
    kind,
    by,
    from: (area) => access.fromWhere(area, callerOf(visit)),
    contacts,
    products: contract.products,
    state: schools.firstState(contract.begins === 'trial', contract.endsOn),
    endsOn: contract.endsOn,
  })
  if (isRefusal(done)) return refused(visit, answers, done)
  const school = await customerOf(visit, id)
  invariant(school, 'a customer that was set up has an area')
  // The form may come twice, since the first time was cut short after the customer was made.
  if (kind === 'school') await schools.firstCredit(school, contract.credit)
  // Whether anybody was invited, the customer's page says, which offers it again.
  if (!done.isNew) return seeOther(visit, customerPath({ id }))
  if (!first) return seeOther(visit, customerPath({ id }), 'organisation-created')
  const person = { name: first.personName, email: first.personEmail }
  const problem = await inviteFirst(visit, school, { kind, name: details.name }, person)
  return problem
    ? seeOther(visit, customerPath({ id }, '/invitation'), 'organisation-created-alone')
    : seeOther(visit, customerPath({ id }), 'organisation-created')
}

/** Somebody else was quicker, with one of the numbers or by taking the trust away. */
const refused = (visit: SchoolVisit, answers: Answers, problem: schools.DetailsProblem) =>
  showStep(visit, answers, {
    step: 'details',
    errors: { [problem.field ?? 'name']: detailsRefusal(problem) },
  })
