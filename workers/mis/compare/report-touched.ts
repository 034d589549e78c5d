import type { ContactId, PupilId } from '#kernel'
import type * as consent from '#consent'
import * as people from '#people'
import type { School } from '#shards'
import type { PlannedWrites } from './plan.ts'
import type { StaffPlan } from './plan-staff.ts'
import type { WishesPlan } from './plan-wishes.ts'

/**
 * Somebody about whom an import changes something that stands in no list of pupils: an order, a wish, that they work at
 * the school. `about`: the child whom an order is about.
 */
export type Touched = {
  what:
    | 'order-laid'
    | 'order-ended'
    | 'stopped'
    | 'resumed'
    | 'agreed'
    | 'withdrawn'
    | 'staff-new'
    | 'staff-changed'
    | 'staff-left'
  who: string
  about: string | null
  /** Of a wish: for which number or address of theirs. */
  channel: people.Channel | null
}

type Plans = {
  snapshot: people.Snapshot
  writes?: PlannedWrites
  wishes?: WishesPlan
  team?: StaffPlan | undefined
}

/** Listed of each thing that can happen; the counts of the import say how many there are. */
const MAX_TOUCHED = 200

/** Opens the names of those it lists, and of nobody else. */
export async function touchedBy(
  school: School,
  { snapshot, writes, wishes, team }: Plans,
): Promise<Touched[]> {
  const found: Found[] = [
    ...(writes ? ordersIn(snapshot, writes) : []),
    ...(wishes ? wishesIn(wishes, await reachedBy(school, snapshot, writes)) : []),
  ]
  const named = await namesOf(school, found, writes)
  const touched = found.flatMap(({ what, person, pupilId, channel }) => {
    const who = named.get(person)
    const about = pupilId === null ? null : (named.get(pupilId) ?? null)
    return who === undefined ? [] : [{ what, who, about, channel }]
  })
  return [...touched, ...(team ? await staffIn(school, team) : [])]
}

type Found = Pick<Touched, 'what' | 'channel'> & {
  person: ContactId | PupilId
  pupilId: PupilId | null
}

function ordersIn(
  { restrictions }: people.Snapshot,
  { restrictions: laid, restrictionsEnded }: PlannedWrites,
): Found[] {
  const ended = new Set<string>(restrictionsEnded)
  const asFound = (what: Touched['what']) => (order: Pick<Order, 'contactId' | 'pupilId'>) => ({
    what,
    person: order.contactId,
    pupilId: order.pupilId,
    channel: null,
  })
  return [
    ...laid.slice(0, MAX_TOUCHED).map(asFound('order-laid')),
    ...restrictions
      .filter(({ id }) => ended.has(id))
      .slice(0, MAX_TOUCHED)
      .map(asFound('order-ended')),
  ]
}

type Order = people.Snapshot['restrictions'][number]

/** A wish is of a number or an address, and so of everybody whom it reaches. */
function wishesIn(wishes: WishesPlan, reached: Reached): Found[] {
  const of = (what: Touched['what'], all: readonly consent.Wish[]): Found[] =>
    all
      .flatMap(({ channel, fingerprint }) => reached.get(`${channel} ${fingerprint}`) ?? [])
      .slice(0, MAX_TOUCHED)
      .map(({ personId, channel }) => ({
        ...{ what, channel, pupilId: null },
        person: personId as ContactId | PupilId,
      }))
  return [
    ...of('stopped', wishes.stopped),
    ...of('resumed', wishes.resumed),
    ...of('agreed', wishes.agreed),
    ...of('withdrawn', wishes.withdrawn),
  ]
}

type Point = Pick<people.Snapshot['points'][number], 'personId' | 'channel'>
type Reached = ReadonlyMap<string, readonly Point[]>

/** Whom each number and address reaches, once the import is applied. */
async function reachedBy(
  school: School,
  { points }: people.Snapshot,
  writes: PlannedWrites | undefined,
): Promise<Reached> {
  const gone = new Set<string>(writes?.pointsEnded)
  const brought = await Promise.all(
    (writes?.points ?? []).map(async (point) => ({
      ...point,
      fingerprint: await people.pointKey(school, point.channel, point.value),
    })),
  )
  const there = [...points.filter(({ id }) => !gone.has(id)), ...brought]
  return Map.groupBy(
    there.filter(({ personKind }) => personKind !== 'staff'),
    ({ channel, fingerprint }) => `${channel} ${fingerprint}`,
  )
}

/** Those whom the import itself brings are named as it has them. */
async function namesOf(
  school: School,
  found: readonly Found[],
  writes: PlannedWrites | undefined,
): Promise<Map<string, string>> {
  const ids = [...new Set(found.flatMap(({ person, pupilId }) => [person, pupilId ?? person]))]
  const [contacts, pupils] = await Promise.all([
    people.contactRecords(school, ids as ContactId[]),
    people.pupilRecords(school, ids as PupilId[]),
  ])
  return new Map<string, string>([
    ...[...contacts].map(([id, record]) => [id, people.contactName(record)] as const),
    ...[...pupils].map(([id, record]) => [id, people.fullName(record)] as const),
    ...(writes?.contacts ?? []).map(({ id, record }) => [id, people.contactName(record)] as const),
    ...(writes?.pupils ?? []).map(({ id, record }) => [id, people.fullName(record)] as const),
  ])
}

async function staffIn(school: School, { saved, left, knownIds }: StaffPlan): Promise<Touched[]> {
  const known = new Set<string>(knownIds)
  const nobody = { about: null, channel: null }
  const came = saved.slice(0, MAX_TOUCHED).map(({ id, record }) => ({
    ...nobody,
    what: known.has(id) ? ('staff-changed' as const) : ('staff-new' as const),
    who: people.staffName(record),
  }))
  if (left.length === 0) return came
  const going = new Set<string>(left)
  const leavers = (await people.staffKnown(school)).filter(({ id }) => going.has(id))
  return [
    ...came,
    ...leavers.slice(0, MAX_TOUCHED).map(({ record }) => ({
      ...nobody,
      what: 'staff-left' as const,
      who: people.staffName(record),
    })),
  ]
}
