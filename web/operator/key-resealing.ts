import * as privacy from '#privacy'
import { notFoundPage } from '../error-pages.tsx'
import { seeOther } from '../page.tsx'
import { operatorRoute } from '../route.ts'
import { customerOf } from './customer-of.ts'

/** Seals one customer's older data anew, some thousands of rows and some files at a time. */
export const keyResealing = operatorRoute('/operator/keys/:organisation/resealing', 'rotate-keys', {
  isConfirmed: true,
  post: async (visit) => {
    const customer = await customerOf(visit)
    if (!customer) return notFoundPage(visit)
    const { isDone } = await privacy.resealSome(visit.directory, customer, visit.env.FILES)
    return seeOther(visit, '/operator/keys', isDone ? 'data-resealed' : 'data-resealed-in-part')
  },
})
