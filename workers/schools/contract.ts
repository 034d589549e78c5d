import { type Day, type Refusal, refuse } from '#kernel'
import type { ContractState, Organisation } from './organisation.ts'

/** What can be done to a contract. Purging is no step of ours: it is done by the clock (PRODUCT 8.1). */
export const contractSteps = [
  'activate',
  'give-notice',
  'withdraw-notice',
  'lock',
  'reopen',
] as const
export type ContractStep = (typeof contractSteps)[number]

/** Why an area was closed or opened again, as the customer's trail says it. */
export const lockReasons = [
  'asked-by-customer',
  'end-date-reached',
  'not-paid',
  'misused',
  'entered-by-mistake',
] as const
export type LockReason = (typeof lockReasons)[number]

export const reopenReasons = ['contract-renewed', 'paid-since', 'locked-by-mistake'] as const
export type ReopenReason = (typeof reopenReasons)[number]

export type ContractRefusal = 'not-a-customer' | 'not-now' | 'no-end-date' | 'end-date-passed'

/** PRODUCT 2.4, with the states that each step may be taken from. What is purged stays so. */
const steps = {
  activate: { from: ['trial'], to: 'active' },
  'give-notice': { from: ['trial', 'active', 'notice'], to: 'notice' },
  'withdraw-notice': { from: ['notice'], to: 'active' },
  lock: { from: ['trial', 'active', 'notice'], to: 'locked' },
  reopen: { from: ['locked'], to: 'active' },
} as const satisfies Record<ContractStep, { from: readonly ContractState[]; to: ContractState }>

type Contract = Pick<Organisation, 'kind' | 'state' | 'startsOn' | 'endsOn'>

/** The steps that may be taken now. The operator's own area is nobody's contract: it has none. */
export const stepsFrom = ({ kind, state }: Pick<Contract, 'kind' | 'state'>): ContractStep[] =>
  kind === 'operator'
    ? []
    : contractSteps.filter((step) => (steps[step].from as readonly ContractState[]).includes(state))

/**
 * The contract as a step leaves it. Notice needs a day that is still to come: the area is locked from
 * its beginning, in London. A step that goes on with a contract takes the end date off it.
 */
export function afterStep(
  contract: Contract,
  step: ContractStep,
  { today, endsOn = null }: { today: Day; endsOn?: Day | null },
): Pick<Organisation, 'state' | 'endsOn'> | Refusal<ContractRefusal> {
  if (contract.kind === 'operator') return refuse('not-a-customer')
  if (!stepsFrom(contract).includes(step)) return refuse('not-now')
  const { to } = steps[step]
  if (step === 'lock') return { state: to, endsOn: contract.endsOn ?? today }
  if (step !== 'give-notice') return { state: to, endsOn: null }

  if (endsOn === null) return refuse('no-end-date', 'endsOn')
  const isLater = endsOn > today && endsOn > (contract.startsOn ?? '')
  return isLater ? { state: to, endsOn } : refuse('end-date-passed', 'endsOn')
}

/** The contract that a new customer begins with: an end date is notice given, but for a trial's. */
export const firstState = (isTrial: boolean, endsOn: Day | null): ContractState =>
  isTrial ? 'trial' : endsOn === null ? 'active' : 'notice'

/** PRODUCT 8.1: on the end date the account is locked. */
export const isOver = ({ kind, state, endsOn }: Contract, today: Day): boolean =>
  stepsFrom({ kind, state }).includes('lock') && endsOn !== null && endsOn <= today
