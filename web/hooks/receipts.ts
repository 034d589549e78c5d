import * as delivery from '#delivery'
import { inBatches, log } from '#kernel'
import { providersOf } from '#workers/carriers.ts'
import { carrierRoute, type Visit } from '../route.ts'

const MAX_BYTES = 1_000_000
const EVENTS_A_JOB = 100

/**
 * What a carrier reports of messages it took. Authenticated by the carrier's own signature and by our
 * own reference, put on a queue, and answered at once. Forged: 401, and nothing happens.
 */
export const receipts = carrierRoute('/hooks/:channel/:provider/receipts', {
  maxBodyBytes: MAX_BYTES,
  post: async (visit) => {
    const { c, env, settings } = visit
    const read = await providerOf(visit)?.readReceipts(c.req.raw.headers, await c.req.text())
    if (!read) return refused(visit)

    const references = await delivery.references(settings.REFERENCE_KEY)
    const events = await delivery.readEvents(references, visit.param('provider'), read)
    const jobs = inBatches(events, EVENTS_A_JOB).map((some) => ({ body: { events: some } }))
    if (jobs.length > 0) await env.RECEIPTS.sendBatch(jobs)
    return c.body(null, 204)
  },
})

/** The provider whose address this is; undefined for any other. */
export const providerOf = (visit: Visit): delivery.Provider | undefined =>
  providersOf(visit.settings).find(
    ({ name, channel }) => name === visit.param('provider') && channel === visit.param('channel'),
  )

export function refused(visit: Visit): Response {
  log('carrier.refused', { request: visit.requestId })
  return visit.c.text('The signature is not right.', 401)
}
