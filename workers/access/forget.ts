import type { Directory } from '#shards'
import { forgottenChallenges } from './factors/passkey-store.ts'
import { forgottenInvitations } from './invitations/store.ts'
import { forgottenResets } from './passwords/store.ts'
import * as store from './store.ts'
import { forgottenCodes } from './support/store.ts'
import { forgotten } from './throttle.ts'

/**
 * For the clock: takes away sessions that are over, guesses that no longer count, codes and links of
 * yesterday and invitations of last term.
 */
export const forget = (directory: Directory): Promise<boolean> =>
  directory.write(
    store.forgottenSessions(directory),
    forgotten(directory),
    forgottenCodes(directory),
    forgottenChallenges(directory),
    forgottenResets(directory),
    forgottenInvitations(directory),
  )
