import type { Caller } from '../from-where.ts'
import type { RelyingParty } from './challenge.ts'
import type { Tell } from './factor.ts'

/** What the pages know and the verbs need: who asks from where, what the organisation wants, how its owner is told. */
export type Circumstances = {
  caller: Caller
  party: RelyingParty
  /** Passwords older than this are changed at sign-in; null where they last. */
  passwordDays: number | null
  tell: Tell
}
