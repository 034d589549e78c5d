import { showDateTime } from '#kernel'
import type { Mail } from './posted.ts'

export type InvitationWords = {
  /** Whom it is for. */
  name: string
  email: string
  /** Who asks them: "Mrs Ngozi Okafor", "Schoolgate". */
  invitedBy: string
  organisation: string
  /** As people read it: "Basic User". */
  role: string
  /** Where we are reached, without a slash at the end. */
  origin: string
  secret: string
  expiresAtMs: number
  support: string
}

/**
 * Asks somebody to open their account. The secret stands behind the `#` of the link: browsers keep that part
 * to themselves (RFC 9110 §7.1), so it is in no log of ours or of anybody between.
 */
export const invitation = ({ origin, secret, ...words }: InvitationWords): Mail => ({
  to: words.email,
  subject: `Open your Schoolgate account for ${words.organisation}`,
  text: `Hello ${words.name},

${words.invitedBy} has invited you to use Schoolgate for ${words.organisation}, as: ${words.role}. Schoolgate is the service through which ${words.organisation} sends messages and looks after who may do so.

To open your account, follow this link and choose a password:
${origin}/invitation#${secret}

If the link does not work, go to ${origin}/invitation and paste this code:
${secret}

The link works once, until ${showDateTime(words.expiresAtMs)}. After that, ask ${words.invitedBy} for a new one. Do not pass this e-mail on: whoever has the link can open the account.

If you do not expect this, or do not know ${words.invitedBy}, you need do nothing: no account is opened unless you open it. You can write to ${words.support} about it.

Schoolgate
`,
})
