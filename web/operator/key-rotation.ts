import * as privacy from '#privacy'
import { notFoundPage } from '../error-pages.tsx'
import { seeOther } from '../page.tsx'
import { operatorRoute } from '../route.ts'
import { customerOf } from './customer-of.ts'

/** Gives one customer a fresh key. */
export const keyRotation = operatorRoute('/operator/keys/:organisation/rotation', 'rotate-keys', {
  isConfirmed: true,
  post: async (visit) => {
    const customer = await customerOf(visit)
    if (!customer) return notFoundPage(visit)
    await privacy.rotateKey(customer, visit.directory.premises.vault)
    return seeOther(visit, '/operator/keys', 'key-rotated')
  },
})
