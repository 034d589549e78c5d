import { showDateTime } from '#kernel'
import type { Mail } from './posted.ts'

export type PasswordChangedWords = {
  name: string
  email: string
  organisation: string
  origin: string
  changedAtMs: number
  support: string
}

/** Tells somebody that their password is another one now, so that a change by somebody else is noticed. */
export const passwordChanged = ({ origin, ...words }: PasswordChangedWords): Mail => ({
  to: words.email,
  subject: 'Your Schoolgate password was changed',
  text: `Hello ${words.name},

The password of your Schoolgate account at ${words.organisation} was changed on ${showDateTime(words.changedAtMs)}. Everywhere else you were signed in, you are signed out.

If that was you, there is nothing to do.

If it was not you, choose a new password now at ${origin}/forgotten-password, and tell your Administrator or write to ${words.support}.

Schoolgate
`,
})
