/**
 * Schools owns our customers: schools, local authorities and the operator itself, the state of their
 * contracts, and a school's credit. It promises that a message is paid for once, that credit is not
 * spent below nothing where its commit asks for `enoughCredit`, that no two schools text from
 * one number, and that no two open ones have one DfE number. It knows no person: users are access's.
 */
export { type Account, accounts, countAccounts, type Period, type Sums } from './accounts.ts'
export { bought, firstCredit } from './bought.ts'
export { changeContract, type ContractChange, type ContractProblem } from './change-contract.ts'
export {
  changeDetails,
  type Details,
  type DetailsProblem,
  problemWith as detailsProblem,
} from './change-details.ts'
export { changeProducts } from './change-products.ts'
export {
  ABSOLUTE_HOURS,
  type AccountSettings,
  changeSettings,
  drawWithPasswordDays,
  IDLE_MINUTES,
  PASSWORD_DAYS,
  settingsProblem,
  type SettingsRefusal,
} from './change-settings.ts'
export {
  type ContractRefusal,
  type ContractStep,
  firstState,
  type LockReason,
  lockReasons,
  type ReopenReason,
  reopenReasons,
  stepsFrom,
} from './contract.ts'
export { create, type NewOrganisation } from './create.ts'
export type { CreditKind } from './credit.ts'
export {
  countFound,
  endingBy,
  type Narrowed,
  openIds,
  schoolsOf,
  search,
  subscribed,
  trusts,
} from './customer-store.ts'
export {
  creditEntriesHolding,
  organisationContactsHolding,
  organisationsHolding,
} from './holdings.ts'
export { type DfeNumber, parseDfeNumber, partsOfDfeNumber } from './dfe-number.ts'
export { lockEnded } from './lock-ended.ts'
export {
  type ContractState,
  contractStates,
  DEFAULT_ABSOLUTE_HOURS,
  DEFAULT_IDLE_MINUTES,
  hasProduct,
  isOpen,
  type Organisation,
  type OrganisationContacts,
  type OrganisationKind,
  organisationKinds,
} from './organisation.ts'
export { NOTICE_DAYS, type Part, type Party } from './processors.ts'
export { type Product, products, productsFor } from './product.ts'
export {
  changesAhead,
  type RegisterChange,
  type RegisterEntry,
  registerOf,
  type RegisterOptions,
} from './register.ts'
export { setUp } from './set-up.ts'
export {
  balance,
  contactsOf,
  enoughCredit,
  find,
  findByNumber,
  list,
  returned,
  returnedFor,
  spent,
} from './store.ts'
