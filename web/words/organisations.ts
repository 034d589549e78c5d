import type {
  ContractProblem,
  ContractState,
  ContractStep,
  DetailsProblem,
  LockReason,
  OrganisationKind,
  Part,
  Product,
  ReopenReason,
} from '#schools'
import type { Settings } from '#workers/env.ts'
import type { Tone } from '../kit/index.ts'

export const organisationKindNames: Record<OrganisationKind, string> = {
  school: 'School',
  authority: 'Local authority',
  trust: 'Trust',
  operator: 'Operator',
}

export const contractStateNames: Record<ContractState, string> = {
  trial: 'Trial',
  active: 'Active',
  notice: 'Notice given',
  locked: 'Locked',
  purged: 'Purged',
}

export const contractTones = {
  trial: 'blue',
  active: 'green',
  notice: 'yellow',
  locked: 'red',
  purged: 'grey',
} as const satisfies Record<ContractState, Tone>

export const productWords: Record<Product, { name: string; hint: string }> = {
  'call-parents': {
    name: 'Call Parents',
    hint: 'Texts and e-mails to pupils’ contacts, and their replies',
  },
  'truancy-call': {
    name: 'Truancy Call',
    hint: 'Asks contacts about pupils who are marked absent without a reason',
  },
  'our-schools-app': { name: 'Our Schools App', hint: 'An app for parents and carers' },
  'looked-after-call': {
    name: 'Looked After Call',
    hint: 'Asks schools about the attendance of children whom an authority looks after',
  },
  'tell-by-text': { name: 'Tell By Text', hint: 'Pupils report by text or on the web' },
  payments: { name: 'Payments', hint: 'Parents and carers pay for trips and the like' },
}

/** What can be done to a contract, as a choice, and what follows from it. */
export const stepWords: Record<ContractStep, { text: string; hint: string }> = {
  activate: {
    text: 'The trial becomes a contract',
    hint: 'The end date of the trial no longer holds',
  },
  'give-notice': {
    text: 'It ends on a day',
    hint: 'From the beginning of that day nobody signs in and nothing is sent',
  },
  'withdraw-notice': { text: 'Notice is withdrawn', hint: 'The contract goes on without an end' },
  lock: { text: 'Lock it now', hint: 'Everybody is signed out at once' },
  reopen: { text: 'Open it again', hint: 'People can sign in again' },
}

export const lockReasonWords: Record<LockReason, string> = {
  'asked-by-customer': 'The customer asked for it',
  'end-date-reached': 'The contract has ended',
  'not-paid': 'It was not paid for',
  misused: 'It was misused',
  'entered-by-mistake': 'It should not have been set up',
}

export const reopenReasonWords: Record<ReopenReason, string> = {
  'contract-renewed': 'The contract was renewed',
  'paid-since': 'It has been paid for since',
  'locked-by-mistake': 'It was locked by mistake',
}

/** Why a step of a contract was not taken. */
export const contractRefusal = (problem: ContractProblem): string =>
  problem.refused === 'dfe-number-taken'
    ? `${problem.heldBy} has this organisation’s DfE number now. Correct the number of one of the two first`
    : contractRefusals[problem.refused]

const contractRefusals: Record<Exclude<ContractProblem['refused'], 'dfe-number-taken'>, string> = {
  'not-a-customer': 'This organisation has no contract',
  'not-now': 'Choose what the contract allows now. Somebody may have changed it meanwhile',
  'no-end-date': 'Enter the end date, like 31/8/2027',
  'end-date-passed': 'Enter an end date that is still to come, and later than the first day',
  'changed-meanwhile': 'Somebody else changed the contract meanwhile. Look at it and try again',
}

/** Why details cannot be this organisation's. Whoever else has the number is named: one of the two is wrong. */
export const detailsRefusal = (problem: DetailsProblem): string =>
  problem.refused === 'dfe-number-taken'
    ? `${problem.heldBy} has this DfE number already. Check it. If it is right, correct the number there first`
    : detailsRefusals[problem.refused]

const detailsRefusals: Record<Exclude<DetailsProblem['refused'], 'dfe-number-taken'>, string> = {
  'number-taken': 'Another school texts from this number. Enter one that is this school’s alone',
  'no-such-trust': 'Choose a trust from the list, or none',
  'changed-meanwhile':
    'Somebody else changed these details meanwhile, so nothing was saved. Look at them again, then save yours',
}

/** What a processor does, as the register says it. */
export const partWords: Record<Part, string> = {
  operator: 'Operator',
  hosting: 'Hosting',
  sms: 'Texts',
  email: 'E-mails',
  voice: 'Telephone calls',
  payment: 'Card payments',
}

/** DESIGN 2.13: where the platform keeps what is stored: what is offered, and no more. */
export const hostingPlaces: Record<Settings['JURISDICTION'], string> = {
  eu: 'Stored within the European Union',
  us: 'Stored within the United States',
  '': 'A copy for development, not told to keep its data in any one place',
}
