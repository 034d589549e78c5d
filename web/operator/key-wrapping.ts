import * as audit from '#audit'
import { seeOther } from '../page.tsx'
import { operatorRoute } from '../route.ts'

/** Keyrings wrapped anew in one request. */
const WRAPPED_AT_ONCE = 200

/** Wraps keyrings under the newest master key, a bounded number at a time. */
export const keyWrapping = operatorRoute('/operator/keys/wrapping', 'rotate-keys', {
  isConfirmed: true,
  post: async (visit) => {
    const { rewrapped, isDone } = await visit.directory.premises.vault.rewrapAll(WRAPPED_AT_ONCE)
    const { school } = visit
    await school.commit(audit.entry(school, 'keyrings.wrapped', school.id, { rewrapped, isDone }))
    return seeOther(visit, '/operator/keys', isDone ? 'keys-wrapped' : 'keys-wrapped-in-part')
  },
})
