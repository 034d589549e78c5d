import { describeError, invariant, log } from '#kernel'
import type { School } from '#shards'
import type { Carriers } from './carriers.ts'
import type { Claimed } from './hand-store.ts'
import { healthOf } from './outcome.ts'
import type { ParcelContent } from './parcel.ts'
import { CONNECTIONS, type Offer, type Outcome, type Provider } from './provider.ts'
import { parcels } from './tables.ts'

/** Who the parcels come from: the number and address that people can answer to. */
export type Sender = { number: string; email: string }

/**
 * Opens parcels in hand and offers each to the provider it was claimed for, the providers side by
 * side. Outcomes stand in the order of the parcels. One that cannot be opened does not hold up the
 * others.
 */
export async function offerAll(
  school: School,
  carriers: Carriers,
  sender: Sender,
  claimed: readonly Claimed[],
  startBeforeMs: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = claimed.map(() => ({ outcome: 'unreadable', code: 'unreadable' }))
  const readable = await openAll(school, claimed)
  const names = [...new Set(readable.map(({ parcel }) => parcel.provider))]

  await Promise.all(
    names.map(async (name) => {
      const provider = carriers.find(name)
      invariant(provider, 'a claimed parcel names a provider in use')
      const own = readable.filter(({ parcel }) => parcel.provider === name)
      const offers = await Promise.all(
        own.map((one) => offerOf(school, carriers, sender, provider, one)),
      )
      const width = widthFor(own.length / readable.length, names.length)
      const answers = await provider.send(offers, { width, startBeforeMs })
      own.forEach(({ place }, index) => {
        const answer = answers[index] ?? { outcome: 'ambiguous', code: 'no-answer' }
        outcomes[place] = answer
        const health = healthOf(answer)
        if (health) carriers.record(name, health === 'well', school.clock.now())
      })
    }),
  )
  return outcomes
}

type Opened = { place: number; parcel: Claimed; content: ParcelContent }

async function openAll(school: School, claimed: readonly Claimed[]): Promise<Opened[]> {
  const opened = await Promise.all(
    claimed.map(async (parcel, place) => {
      try {
        const content = await school.open(parcels.content, parcel.id, parcel.content)
        return [{ place, parcel, content }]
      } catch (error) {
        log('parcel.unreadable', { parcel: parcel.id, ...describeError(error) })
        return []
      }
    }),
  )
  return opened.flat()
}

/** A provider's share of the connections: by its share of the parcels, so that all end together. */
const widthFor = (share: number, providers: number): number =>
  Math.max(1, Math.min(CONNECTIONS + 1 - providers, Math.round(CONNECTIONS * share)))

async function offerOf(
  school: School,
  carriers: Carriers,
  sender: Sender,
  provider: Provider,
  { parcel, content }: Opened,
): Promise<Offer> {
  const address = { shard: school.shard, school: school.id, parcel: parcel.id }
  return {
    reference: await carriers.references.make(address),
    address: content.address,
    from: provider.channel === 'email' ? sender.email : sender.number,
    subject: content.subject,
    text: content.text,
  }
}
