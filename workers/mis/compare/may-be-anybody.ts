import type { Rejected } from '../records/roster.ts'

/** Whether a rejected row may be about any pupil at all: a record that came damaged does not say about whom it is. */
export const mayBeAnyPupil = (rejected: readonly Rejected[]): boolean =>
  rejected.some(
    ({ reason, of, key }) =>
      reason === 'not-as-agreed' && of !== 'staff' && !Object.values(key ?? {}).some(Boolean),
  )

/** The same of staff, who are known by their reference alone. */
export const mayBeAnyStaff = (rejected: readonly Rejected[]): boolean =>
  rejected.filter(isOfStaff).some(({ key }) => !key?.reference)

/** A whole row about somebody who works at the school. */
export const isOfStaff = ({ subject, of, reason }: Rejected): boolean =>
  subject === 'row' && (of === 'staff' || reason === 'no-role')
