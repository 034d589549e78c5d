import type { ContractState, OrganisationKind } from '#schools'

export const organisationKindNames: Record<OrganisationKind, string> = {
  school: 'School',
  authority: 'Local authority',
  operator: 'Operator',
}

export const contractStateNames: Record<ContractState, string> = {
  trial: 'Trial',
  active: 'Active',
  notice: 'Notice given',
  locked: 'Locked',
}
