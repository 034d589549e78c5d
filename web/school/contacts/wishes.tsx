import * as consent from '#consent'
import type { Point } from '#people'
import type { School } from '#shards'
import { SummaryList, Tag } from '../../kit/index.ts'
import { channelWords } from '../../words/people.ts'
import { marketingWords, stoppedBy, stoppedTag } from '../../words/wishes.ts'
import { pointText } from './parts.tsx'

/** What was said of writing to one number or address. */
export type WishesOfPoint = {
  /** By whom it was stopped, the earliest first. */
  stopped: consent.StandingWish[]
  /** The agreement to marketing that holds, else the last that ended. */
  agreement: consent.Agreement | undefined
}

export type Wishes = ReadonlyMap<Point['id'], WishesOfPoint>

/** What was said of each of somebody's numbers and addresses. */
export async function wishesFor(school: School, points: readonly Point[]): Promise<Wishes> {
  const [standing, agreements] = await Promise.all([
    consent.standingOf(school, points),
    consent.agreementsOf(school, points),
  ])
  return new Map(
    points.map((point) => {
      const isOf = (wish: consent.Wish) =>
        wish.channel === point.channel && wish.fingerprint === point.fingerprint
      return [
        point.id,
        { stopped: standing.filter(isOf), agreement: agreements.findLast(isOf) },
      ] as const
    }),
  )
}

/** What an agreement is worth is seen at once: STOP beats it. */
export const Marketing = ({ points, wishes }: { points: readonly Point[]; wishes: Wishes }) =>
  points.length === 0 ? null : (
    <SummaryList
      title="Marketing"
      rows={points.map((point) => {
        const { stopped = [], agreement } = wishes.get(point.id) ?? {}
        const isHeldBack = agreement?.endedAtMs === null && stopped.length > 0
        return {
          key: `${channelWords[point.channel]} ${pointText(point.channel, point.value)}`,
          value: `${marketingWords(agreement)}${isHeldBack ? ' None is sent all the same: only emergency and attendance messages are.' : ''}`,
        }
      })}
    />
  )

/** That no more than the essential is sent there, and who said so. */
export const Stopped = ({ wishes }: { wishes: readonly consent.StandingWish[] }) =>
  wishes.length === 0 ? null : (
    <>
      <Tag tone="yellow">{stoppedTag(wishes)}</Tag> Only emergency and attendance messages are sent.{' '}
      {wishes.map(stoppedBy).join(' ')}
    </>
  )
