/**
 * Schools owns our customers: schools, local authorities and the operator itself, the state of their
 * contracts, and a school's credit. It promises that a message is paid for once, that credit is not
 * spent below nothing where its commit asks for `enoughCredit`, and that no two schools text from
 * one number. It knows no person: users are access's.
 */
export { bought } from './bought.ts'
export { create, type NewOrganisation } from './create.ts'
export type { CreditKind } from './credit.ts'
export { creditEntriesHolding, organisationsHolding } from './holdings.ts'
export {
  type ContractState,
  isOpen,
  type Organisation,
  type OrganisationKind,
} from './organisation.ts'
export {
  balance,
  countByKind,
  enoughCredit,
  find,
  findByNumber,
  list,
  returned,
  returnedFor,
  spent,
} from './store.ts'
