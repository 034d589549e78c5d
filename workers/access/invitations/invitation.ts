import type { Id, OrganisationId } from '#kernel'
import type { Statement } from '#shards'
import type { Entitlement, Kind } from '../entitlement.ts'
import type { UserRecord } from '../user.ts'

export type InvitationId = Id<'invitation'>

/** Whom somebody in charge asks to open an account, and what as. */
export type Invitee = UserRecord & Entitlement & { kind: Kind }

/** Somebody who was asked and has not answered, or too late. */
export type Invitation = UserRecord &
  Entitlement & {
    id: InvitationId
    organisationId: OrganisationId
    /** The user who asked; an employee of the operator for a customer's first account. */
    invitedBy: string
    createdAtMs: number
    expiresAtMs: number
  }

/** An invitation with what opens it: told to nobody but its addressee. */
export type Sent = Pick<Invitation, 'id' | 'expiresAtMs'> & { secret: string }

/**
 * Writes the e-mail that carries the secret, for the commit of the invitation: access knows whom to
 * write to and not how (`accountMail.invitation`).
 */
export type Letter = (to: UserRecord & Sent) => Promise<Statement[]>

/** Long enough for a week's holiday; a secret that lies in a mailbox is not good for ever. */
export const INVITATION_MS = 7 * 24 * 60 * 60_000

export const hasExpired = ({ expiresAtMs }: Pick<Invitation, 'expiresAtMs'>, nowMs: number) =>
  nowMs >= expiresAtMs
