import { inbound } from './hooks/inbound.ts'
import { receipts } from './hooks/receipts.ts'
import { home as authorityHome } from './authority/home.tsx'
import { deadLetters } from './operator/dead-letters.tsx'
import { discard as deadLetterDiscard } from './operator/discard.ts'
import { home as operatorHome } from './operator/home.tsx'
import { retry as deadLetterRetry } from './operator/retry.ts'
import { healthz } from './public/healthz.ts'
import { home } from './public/home.ts'
import { privacy } from './public/privacy.tsx'
import { signIn } from './public/sign-in.tsx'
import { signOut } from './public/sign-out.ts'
import type { Route } from './route.ts'
import { trail } from './school/trail.tsx'

/** Every URL of the service. The doors test drives each of them as every kind of person. */
export const routes: readonly Route[] = [
  home,
  healthz,
  privacy,
  signIn,
  signOut,
  authorityHome,
  operatorHome,
  deadLetters,
  deadLetterRetry,
  deadLetterDiscard,
  trail,
  receipts,
  inbound,
]
