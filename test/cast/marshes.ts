import { newId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import { adult, child, reach, tie } from './pieces.ts'

const [teddy, elsie, amara, ivo] = [newId('pupil'), newId('pupil'), newId('pupil'), newId('pupil')]
const [mother, father] = [newId('contact'), newId('contact')]
const [gran, ada] = [newId('contact'), newId('contact')]
const [year4, year5, pym] = [newId('group'), newId('group'), newId('staff')]

/** Everyone of `settleMarshes`, by name. */
export const marshes = { teddy, elsie, amara, ivo, mother, father, gran, ada, year4, year5, pym }

/** The father's number, which Teddy's grandmother has too. */
export const SHARED = '+447700900102'

/**
 * Teddy Marsh and his sister Elsie live with their mother; their grandmother shares their father's
 * phone. Amara Adeyemi is in Elsie's year. Ivo Petrov has left. Nobody is restricted yet.
 */
export async function settleMarshes(school: School, leftAtMs: number): Promise<void> {
  await school.write(
    await people.pupilsSaved(school, [
      child(teddy, 'Edward', 'Marsh', { preferredForename: 'Teddy' }),
      child(elsie, 'Elsie', 'Marsh'),
      child(amara, 'Amara', 'Adeyemi'),
      child(ivo, 'Ivo', 'Petrov'),
    ]),
    people.pupilsLeft(school, [ivo], leftAtMs),
    await years(school),
    await people.contactsSaved(school, [
      adult(mother, 'Ruth', 'Marsh'),
      adult(father, 'Carl', 'Marsh'),
      adult(gran, 'Vera', 'Marsh'),
      adult(ada, 'Ada', 'Adeyemi'),
    ]),
    await people.relationshipsSaved(school, [
      tie(teddy, gran, 3),
      tie(teddy, father, 2),
      tie(teddy, mother, 1),
      tie(elsie, mother, 1),
      tie(elsie, father, 2),
      tie(elsie, gran, null),
      tie(amara, ada),
    ]),
    await people.staffSaved(school, [
      { id: pym, record: { title: 'Mr', forename: 'Alan', surname: 'Pym' } },
    ]),
    await people.pointsSaved(school, [
      reach(mother, '+447700900101'),
      reach(father, SHARED),
      reach(gran, SHARED),
      reach(gran, '+447700900103', { position: 2 }),
      reach(ada, '+447700900104'),
      reach(pym, '+447700900107', { personKind: 'staff' }),
    ]),
  )
}

async function years(school: School) {
  const saved = await people.groupsSaved(school, [
    { id: year4, kind: 'year', name: 'Year 4' },
    { id: year5, kind: 'year', name: 'Year 5' },
  ])
  const members = [
    ...[teddy, ivo].map((pupilId) => ({ groupId: year4, pupilId })),
    ...[elsie, amara].map((pupilId) => ({ groupId: year5, pupilId })),
  ]
  return [...saved, ...people.membershipsReplaced(school, [], members)]
}
