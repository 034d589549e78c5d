import type { Route } from '../route.ts'
import { account } from './account.tsx'
import { challenges } from './challenges.ts'
import { confirmation } from './confirmation.tsx'
import { enrolment } from './enrolment.tsx'
import { factorRemoval } from './factor-removal.tsx'
import { factors } from './factors.tsx'
import { newApp } from './new-app.tsx'
import { newPasskey } from './new-passkey.tsx'
import { newPassword as accountNewPassword } from './new-password.tsx'
import { password } from './password.tsx'
import { recoveryCodes } from './recovery-codes.tsx'
import { screeningEnd } from './screening-end.ts'
import { screening } from './screening.tsx'
import { secondFactor } from './second-factor.tsx'
import { sessions } from './sessions.tsx'

/** Every URL of a person’s own account. */
export const accountRoutes: readonly Route[] = [
  account,
  password,
  accountNewPassword,
  sessions,
  secondFactor,
  enrolment,
  confirmation,
  challenges,
  factors,
  newPasskey,
  newApp,
  factorRemoval,
  recoveryCodes,
  screening,
  screeningEnd,
]
