import { showDate } from '#kernel'
import type { Mail } from './posted.ts'

export type PasswordReminderWords = {
  name: string
  email: string
  organisation: string
  origin: string
  passwordDays: number
  dueAtMs: number
  support: string
}

/** Says beforehand that a password is to be changed, where an organisation wants that now and then. */
export const passwordReminder = ({ origin, ...words }: PasswordReminderWords): Mail => ({
  to: words.email,
  subject: `Change your Schoolgate password by ${showDate(words.dueAtMs)}`,
  text: `Hello ${words.name},

${words.organisation} asks everyone to change their Schoolgate password every ${words.passwordDays} days. Yours is due by ${showDate(words.dueAtMs)}.

To change it when it suits you, sign in at ${origin}, choose your name at the top of the page, then “Change your password”.

If you do not, you are asked for a new one the next time that you sign in after that day. Nothing else changes, and no message is held up.

We never ask for your password by e-mail. Questions? Write to ${words.support}.

Schoolgate
`,
})
