import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { type ContactId, newId, type PupilId, stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { marshes, settleMarshes } from '../../test/cast/marshes.ts'
import { emptySchool } from '../../test/cast/pieces.ts'
import { restrictions } from './tables.ts'

const { teddy, elsie, father, ada } = marshes
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
const DAY = 86_400_000
let school: School
let oakfield: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  school = await emptySchool(directory, 'St Botolph’s Primary', 0)
  oakfield = await emptySchool(directory, 'Oakfield Academy', 1)
  await settleMarshes(school, clock.now() - 120 * DAY)
})

beforeEach(async () => {
  await school.write(school.db.delete(restrictions).where(eq(restrictions.schoolId, school.id)))
})

const order = (
  contactId: ContactId,
  pupilId: PupilId | null,
  more: Partial<people.RestrictionGiven> = {},
) =>
  people.addRestriction(school, {
    contactId,
    pupilId,
    scope: 'all-contact',
    startsAtMs: clock.now(),
    reviewAtMs: null,
    record: {
      reason: 'Prohibited steps order',
      evidence: null,
      owner: 'Mrs Okafor',
    },
    ...more,
  }) as Promise<people.RestrictionId>

describe('laying and ending a restriction', () => {
  const trailOf = async (subject: string) =>
    (await audit.about(school, subject, 10)).map(({ action, facts }) => ({ action, facts }))

  test('leaves a trail of ids, and none of why', async () => {
    const id = await order(father, teddy)
    clock.advance(1)
    expect(await people.endRestriction(school, id, 'order-ended')).toBeUndefined()
    const [ended, added] = await trailOf(id)
    expect([added?.action, ended?.action]).toEqual(['restriction.added', 'restriction.ended'])
    expect(JSON.stringify([added, ended])).not.toContain('Prohibited')
    expect(await people.restrictionsOf(school, [father])).toEqual([])
  })

  test('is refused twice over, and where it makes no sense', async () => {
    const id = await order(father, teddy)
    expect(await order(father, teddy)).toEqual({ refused: 'already-restricted' })
    expect(await order(newId('contact'), teddy)).toEqual({ refused: 'not-a-contact' })
    expect(await order(father, elsie, { reviewAtMs: clock.now() - DAY })).toEqual({
      refused: 'review-before-start',
      field: 'review',
    })
    expect(await order(ada, teddy)).toEqual({ refused: 'not-a-contact' })
    expect(await order(father, elsie, { startsAtMs: Date.UTC(26, 0, 1) })).toEqual({
      refused: 'dates-make-no-sense',
      field: 'start',
    })
    await people.endRestriction(school, id, 'entered-by-mistake')
    expect(await people.endRestriction(school, id, 'order-ended')).toEqual({
      refused: 'already-ended',
    })
    expect(await people.endRestriction(school, newId('restriction'), 'order-ended')).toEqual({
      refused: 'no-such-restriction',
    })
    expect(await people.endRestriction(oakfield, id, 'order-ended')).toEqual({
      refused: 'no-such-restriction',
    })
  })

  test('the MIS ends its own with an import, and nobody by hand; an import cannot end the school’s', async () => {
    const [ours, theirs] = [await order(father, teddy), newId('restriction')]
    await school.write(
      await people.restrictionsSaved(school, [
        {
          id: theirs,
          contactId: father,
          pupilId: elsie,
          scope: 'all-contact',
          source: 'mis',
          record: { reason: 'From the MIS', evidence: null, owner: null },
          startsAtMs: clock.now(),
          reviewAtMs: null,
        },
      ]),
    )
    const { restrictions: held } = await people.snapshot(school)
    expect(held).toHaveLength(2)
    const laid = { contactId: father, startsAtMs: clock.now() }
    expect(held).toContainEqual({ ...laid, id: ours, pupilId: teddy, source: 'school' })
    expect(held).toContainEqual({ ...laid, id: theirs, pupilId: elsie, source: 'mis' })
    expect(await people.endRestriction(school, theirs, 'order-ended')).toEqual({
      refused: 'comes-from-mis',
    })
    await school.write(people.restrictionsEnded(school, [ours, theirs]))
    expect((await people.restrictionsOf(school)).map(({ id }) => id)).toEqual([ours])
  })
})
