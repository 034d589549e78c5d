import type { Child } from 'hono/jsx'
import type { UserId } from '#kernel'
import * as schools from '#schools'
import { PasswordDue } from '../account/password-due.tsx'
import { mayHere } from '../may.ts'
import type { SchoolVisit } from '../route.ts'
import { registerOptions } from './register.tsx'
import { RegisterNotice } from './register-parts.tsx'
import { reviewNotice } from './reviews/notice.tsx'
import { leaversAmongUsers } from './users/leavers.ts'
import { LeaversWarning } from './users/leavers-warning.tsx'

/**
 * What every home page says below its heading, of accounts and of who processes the data: nothing where
 * nothing waits. Never to the operator's people in a customer's area, who have nothing to do with it.
 */
export async function homeNotices(visit: SchoolVisit): Promise<Child> {
  if (visit.user.isSupport) return null
  const area = `/${visit.organisation.kind}`
  const [review, leavers] = await Promise.all([
    reviewNotice(visit),
    mayHere(visit.user, visit.organisation.kind, 'end-access')
      ? leaversAmongUsers(visit.directory, visit.school)
      : [],
  ])
  return (
    <>
      <LeaversWarning leavers={leavers} href={(id: UserId) => `${area}/users/${id}`} />
      {review}
      <PasswordDue visit={visit} />
      <RegisterNotice
        changes={schools.changesAhead(visit.organisation, registerOptions(visit))}
        area={area}
      />
    </>
  )
}
