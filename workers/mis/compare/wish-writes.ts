import * as consent from '#consent'
import * as delivery from '#delivery'
import * as messaging from '#messaging'
import type { School, Statement } from '#shards'
import type { Counts } from '../import.ts'
import type { WishesPlan } from './plan-wishes.ts'

/**
 * What goes with the wishes that a file carries, in its own commit (PRODUCT 5.5). Messages that leave later ask
 * then; what has left and no carrier has is kept back, but for attendance and emergencies (PRODUCT 6.4).
 */
export function wishWrites(
  school: School,
  { stopped, resumed, agreed, withdrawn, said }: WishesPlan,
): Statement[] {
  if (said === null) return []
  return [
    // A STOP that came while the file was compared may be one that it would say again.
    consent.nothingSaidSince(school, said),
    ...consent.stoppedByMis(school, stopped),
    ...consent.takenBackByMis(school, resumed),
    ...consent.agreedByMis(school, agreed),
    ...consent.withdrawnByMis(school, withdrawn),
    ...stoppedOnTheWay(school, stopped),
    ...messaging.marketingWithheld(school, fingerprintsOf(withdrawn)),
  ]
}

/** Nothing where the file does not speak of wishes at all. */
export const wishCounts = (plan: WishesPlan): Pick<Counts, 'wishes'> =>
  plan.said === null
    ? {}
    : {
        wishes: {
          stopped: plan.stopped.length,
          resumed: plan.resumed.length,
          agreed: plan.agreed.length,
          withdrawn: plan.withdrawn.length,
        },
      }

const stoppedOnTheWay = (school: School, stopped: readonly consent.Wish[]): Statement[] =>
  stopped.length === 0
    ? []
    : delivery.withheld(school, fingerprintsOf(stopped), {
        because: 'stopped',
        urgencyFrom: messaging.urgencyOf('operational'),
      })

const fingerprintsOf = (wishes: readonly consent.Wish[]) =>
  wishes.map(({ fingerprint }) => fingerprint)
