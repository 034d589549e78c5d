import * as audit from '#audit'
import { isRefusal, londonDay, type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import {
  afterStep,
  type ContractRefusal,
  type ContractStep,
  type LockReason,
  type ReopenReason,
} from './contract.ts'
import { type DfeNumberTaken, dfeNumberProblem } from './dfe-number-store.ts'
import * as store from './store.ts'

export type ContractChange = {
  /** For notice: the day from whose beginning the area is locked. */
  endsOn?: string | null
  /** For locking and opening again. */
  because?: LockReason | ReopenReason
}

/** Whoever opens an area again may find that another organisation has its DfE number by now. */
export type ContractProblem = Refusal<ContractRefusal | 'changed-meanwhile'> | DfeNumberTaken

/**
 * Takes a step of a customer's contract, where it may be taken. The customer's trail knows first. Whoever
 * locks an area ends its people's sessions too (`access.endAllOf`): a locked one lets nobody in anyway.
 */
export async function changeContract(
  directory: Directory,
  school: School,
  step: ContractStep,
  change: ContractChange = {},
): Promise<ContractProblem | undefined> {
  const organisation = await store.find(directory, school.id)
  if (!organisation) return refuse('not-a-customer')
  const today = londonDay(directory.clock.now())
  const next = afterStep(organisation, step, { today, endsOn: change.endsOn ?? null })
  if (isRefusal(next)) return next
  const taken = step === 'reopen' && (await dfeNumberProblem(directory, organisation))
  if (taken) return taken

  await school.commit(
    audit.entry(school, actions[step], school.id, {
      from: organisation.state,
      to: next.state,
      endsOn: next.endsOn,
      ...(change.because && { because: change.because }),
    }),
  )
  const isChanged = await directory.write(...store.contractMoved(directory, organisation, next))
  if (isChanged) return undefined
  // The trail was told already, so it is told what became of it.
  await school.commit(audit.entry(school, 'contract.kept', school.id, { because: LOST }))
  return refuse(LOST)
}

const LOST = 'changed-meanwhile'

const actions = {
  activate: 'contract.activated',
  'give-notice': 'contract.notice-given',
  'withdraw-notice': 'contract.notice-withdrawn',
  lock: 'contract.locked',
  reopen: 'contract.reopened',
} as const satisfies Record<ContractStep, audit.Action>
