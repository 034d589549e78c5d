import type { Route } from '../route.ts'
import { forgottenPassword } from './forgotten-password.tsx'
import { healthz } from './healthz.ts'
import { home } from './home.ts'
import { invitation } from './invitation.tsx'
import { newPassword } from './new-password.tsx'
import { privacy } from './privacy.tsx'
import { signIn } from './sign-in.tsx'
import { signOut } from './sign-out.ts'

/** Every URL that anybody may ask for. */
export const publicRoutes: readonly Route[] = [
  home,
  healthz,
  privacy,
  signIn,
  signOut,
  forgottenPassword,
  newPassword,
  invitation,
]
