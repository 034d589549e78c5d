import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import * as delivery from '#delivery'
import { invariant, type MessageId, millipence, newId, type ParcelId, stoppedClock } from '#kernel'
import * as messaging from '#messaging'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'
import { blank, type Reach, step } from './step.ts'

// One school’s outbox, looked at by hand: what it starts, in which order, and what it puts aside.
const clock = stoppedClock(Date.UTC(2026, 10, 23, 9, 0))
const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }
let cast: Cast
const okafor = newId('user')
let school: School

beforeAll(async () => {
  const directory = new Directory({ ...(await premisesOf(env as unknown as Env)), clock })
  cast = await settle(directory)
  school = cast.botolphs.school.as(system('outbox'))
})

async function due(category: messaging.Category, text: string): Promise<MessageId> {
  const id = okafor
  const author = { id, years: null, seesAll: true, sendsEmergencies: true }
  const here = school.as({ kind: 'user', id })
  const message = await messaging.compose(here, author, sender, {
    ...{ channel: 'sms', category, contactRule: 'everyone', subject: null, text },
    audience: { ...messaging.nobody, everyPupil: true },
  })
  invariant(!('refused' in message), 'the text is a good one')
  const when = { dueAt: 'now', acceptsQuietHours: true } as const
  const refused = await messaging.schedule(here, message, when, sender, author)
  invariant(refused === undefined, 'it may go now')
  return message.id
}

type Watched = Reach & { started: MessageId[]; aside: MessageId[]; jobs: ParcelId[][] }

function watched(dispatches: boolean): Watched {
  const seen: Watched = {
    started: [],
    aside: [],
    jobs: [],
    startSend: async (message) => {
      seen.started.push(message)
      if (dispatches) await messaging.dispatch(school, message, { isOpen: true })
    },
    putAside: async (message) => {
      seen.aside.push(message)
      await messaging.putAside(school, message, 'fault')
    },
    deliver: async (batches) => void seen.jobs.push(...batches),
    lookUp: async () => undefined,
  }
  return seen
}

describe('a message that will not start', () => {
  it('is tried five times, put aside where somebody sees it, and the next has its turn', async () => {
    const stuck = await due('operational', 'The first')
    clock.advance(1_000)
    const next = await due('operational', 'The second')
    const reach = watched(false)
    const memory = blank()
    for (let looks = 0; looks < 6; looks++) {
      await step(school, memory, reach)
      clock.advance(10_000)
    }
    expect(reach.started).toEqual(Array.from({ length: 5 }, () => stuck))
    expect(reach.aside).toEqual([stuck])
    expect(await messaging.find(school, stuck)).toMatchObject({
      state: 'held',
      heldBecause: 'fault',
    })

    await step(school, memory, reach)
    expect(reach.started.at(-1)).toBe(next)
    await messaging.putAside(school, next, 'fault')
  })
})

describe('an emergency', () => {
  it('starts while another message still has parcels waiting, and its parcels go first', async () => {
    const business = await due('operational', 'Closed on Friday')
    const reach = watched(true)
    const memory = blank()
    await step(school, memory, reach)
    await messaging.dispatch(school, business, { isOpen: true })
    const emergency = await due('emergency', 'Keep away from the school')
    await step(school, memory, reach)
    await step(school, memory, reach)
    expect(reach.started).toContain(emergency)

    const released = reach.jobs.flat()
    const urgent = await delivery.listByMessage(school, emergency, { limit: 100 })
    expect(urgent.length).toBeGreaterThan(5)
    expect(urgent.every(({ id }) => released.includes(id))).toBe(true)
  })

  it('another message of the same urgency waits for its turn', async () => {
    const reach = watched(false)
    const second = await due('operational', 'After the other one')
    await school.rows({
      sql: "update parcels set state = 'created', not_before_ms = 0 where school_id = ?",
      params: [school.id],
    })
    await step(school, blank(), reach)
    expect(reach.started).not.toContain(second)
  })
})
