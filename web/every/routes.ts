import type { Route } from '../route.ts'
import { register } from './register.tsx'
import { reviewCompletion } from './reviews/completion.tsx'
import { reviewExport } from './reviews/export.ts'
import { reviews } from './reviews/list.tsx'
import { reviewPerson } from './reviews/person.tsx'
import { reviewRecord } from './reviews/record.tsx'
import { reviewSignOffs } from './reviews/sign-offs.ts'
import { settings } from './settings.tsx'
import { trailExport } from './trail/export.tsx'
import { trailSubject } from './trail/subject.tsx'
import { trail } from './trail/trail.tsx'
import { trailVerification } from './trail/verification.tsx'
import { userFactors } from './users/factors.tsx'
import { invitationResending } from './users/invitation-resending.ts'
import { invitationWithdrawal } from './users/invitation-withdrawal.tsx'
import { newUser } from './users/new.tsx'
import { userPasswordChange } from './users/password-change.tsx'
import { userReinstatement } from './users/reinstatement.ts'
import { userRemoval } from './users/removal.tsx'
import { userRole } from './users/role.tsx'
import { userSessions } from './users/sessions.ts'
import { userSuspension } from './users/suspension.tsx'
import { user } from './users/user.tsx'
import { users } from './users/users.tsx'

/** What stands in the area of every kind of organisation. */
export const everyRoutes: readonly (Route | readonly Route[])[] = [
  settings,
  userFactors,
  register,
  users,
  newUser,
  user,
  userRole,
  userSuspension,
  userReinstatement,
  userRemoval,
  userPasswordChange,
  userSessions,
  invitationWithdrawal,
  invitationResending,
  trail,
  trailSubject,
  trailVerification,
  trailExport,
  reviews,
  reviewRecord,
  reviewSignOffs,
  reviewPerson,
  reviewCompletion,
  reviewExport,
]
