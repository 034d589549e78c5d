import { showTime } from '#kernel'
import type { Mail } from './posted.ts'

export type PasswordResetWords = {
  name: string
  email: string
  organisation: string
  /** Where we are reached, without a slash at the end. */
  origin: string
  secret: string
  expiresAtMs: number
  support: string
}

/**
 * A link to a new password, for somebody who said that they forgot theirs. The secret stands behind the `#`
 * of the link: browsers keep that part to themselves (RFC 9110 §7.1), so it is in no log.
 */
export const passwordReset = ({ origin, secret, ...words }: PasswordResetWords): Mail => ({
  to: words.email,
  subject: 'Choose a new Schoolgate password',
  text: `Hello ${words.name},

Somebody, we hope you, asked for a new password for your Schoolgate account at ${words.organisation}.

To choose one, follow this link:
${origin}/new-password#${secret}

If the link does not work, go to ${origin}/new-password and paste this code:
${secret}

The link works once, until ${showTime(words.expiresAtMs)} today. If you asked more than once, only the newest link works. Afterwards you sign in with the new password, and with your second step if you have one.

If it was not you, you need do nothing: your password stays as it is, and nobody can change it without this e-mail. Do not pass it on. If it happens again, write to ${words.support}.

Schoolgate
`,
})
