import type { Id } from '#kernel'
import type { Statement } from '#shards'

/** A passkey as its owner knows it. */
export type Passkey = {
  id: Id<'passkey'>
  name: string
  createdAtMs: number
  lastUsedAtMs: number | null
}

/** What somebody can show beyond their password. */
export type Factors = {
  passkeys: Passkey[]
  /** Their authenticator app (RFC 6238), with when it was set up. One a person. */
  app: { addedAtMs: number } | null
  recoveryCodesLeft: number
}

/** What a page or a form calls one of them. */
export type FactorId = Id<'passkey'> | 'app'

/** Recovery codes are what is left when there is no factor: they are none by themselves. */
export const hasFactor = ({ passkeys, app }: Pick<Factors, 'passkeys' | 'app'>): boolean =>
  passkeys.length > 0 || app !== null

/** More than anybody has devices; a bound, so that nobody fills the table. */
export const MAX_PASSKEYS = 10

/** What happened to what guards an account: its owner is told, in case it was not them. */
export type FactorNews =
  | {
      what:
        | 'passkey-added'
        | 'passkey-removed'
        | 'app-added'
        | 'app-removed'
        | 'recovery-codes-made'
        | 'factors-reset'
    }
  | { what: 'recovery-code-used'; left: number }

/** Makes the writes of the e-mail that tells it, for the commit of what it tells of. */
export type Tell = (news: FactorNews) => Promise<Statement[]>
