import { system } from '#shards'
import * as messaging from '#messaging'
import * as schools from '#schools'
import { carrierRoute } from '../route.ts'
import { providerOf, refused } from './receipts.ts'

/**
 * A text that somebody sent to a school's number. It is personal, so it goes through no queue: it is
 * sealed into the school's database before the carrier is answered; a carrier asked to try again
 * changes nothing, since its event is noted once.
 */
export const inbound = carrierRoute('/hooks/:channel/:provider/inbound', {
  post: async (visit) => {
    const { c, directory } = visit
    const read = await providerOf(visit)?.readInbound(c.req.raw.headers, await c.req.text())
    if (!read) return refused(visit)

    const organisation = await schools.findByNumber(directory, read.to)
    const school = organisation && (await directory.school(organisation.id, system('carrier')))
    if (school) await messaging.receive(school, { ...read, provider: visit.param('provider') })
    return c.body(null, 204)
  },
})
