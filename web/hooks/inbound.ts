import { type School, system } from '#shards'
import * as messaging from '#messaging'
import * as schools from '#schools'
import { log, parsePhone } from '#kernel'
import { notFoundPage } from '../error-pages.tsx'
import { carrierRoute, type Visit } from '../route.ts'
import { providerOf, refused } from './receipts.ts'

/**
 * A text that somebody sent to a school's number. It is personal, so it goes through no queue: it is
 * sealed into the school's database before the carrier is answered; a carrier asked to try again
 * changes nothing, since its event is noted once.
 */
export const inbound = carrierRoute('/hooks/:channel/:provider/inbound', {
  post: async (visit) => {
    const { c } = visit
    if (visit.param('channel') !== 'sms') return notFoundPage(visit)
    const read = await providerOf(visit)?.readInbound(c.req.raw.headers, await c.req.text())
    if (!read) return refused(visit)

    const school = await schoolOf(visit, read.to)
    if (school) await messaging.receive(school, { ...read, provider: visit.param('provider') })
    // A carrier that is told no would try again for hours; nobody would claim it then either.
    else log('inbound.unclaimed', { request: visit.requestId })
    return c.body(null, 204)
  },
})

/** Whose number it was sent to, in whatever way the carrier writes it. */
async function schoolOf({ directory }: Visit, to: string): Promise<School | undefined> {
  const read = parsePhone(to)
  const organisation = read.ok && (await schools.findByNumber(directory, read.phone.e164))
  return organisation ? directory.school(organisation.id, system('carrier')) : undefined
}
