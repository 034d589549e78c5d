import { newId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import { adult, child, reach, tie } from './pieces.ts'

const [zofia, elsa, otto] = [newId('pupil'), newId('pupil'), newId('pupil')]
const [nowak, maja, nils] = [newId('contact'), newId('contact'), newId('contact')]
const [year4, kestrel, falcon] = [newId('group'), newId('group'), newId('group')]
const [nowakPhone, majaPhone, majaMail] = [newId('point'), newId('point'), newId('point')]
const [office, officePhone] = [newId('staff'), newId('point')]

/** Everyone of `settleLindqvists`, by name. */
export const lindqvists = {
  zofia,
  elsa,
  otto,
  nowak,
  maja,
  nils,
  year4,
  kestrel,
  falcon,
  nowakPhone,
  majaPhone,
  majaMail,
  office,
  officePhone,
}

/** The Lindqvist twins, whose parents share one phone, and Zofia Nowak, whose mother has her own. */
export async function settleLindqvists(school: School): Promise<void> {
  await school.write(
    await people.pupilsSaved(school, [
      child(zofia, 'Zofia', 'Nowak'),
      child(elsa, 'Elsa', 'Lindqvist'),
      child(otto, 'Otto', 'Lindqvist'),
    ]),
    await groups(school),
    await people.contactsSaved(school, [
      adult(nowak, 'Ewa', 'Nowak'),
      adult(maja, 'Maja', 'Lindqvist'),
      adult(nils, 'Nils', 'Lindqvist'),
    ]),
    await people.relationshipsSaved(school, [
      tie(zofia, nowak),
      tie(elsa, maja),
      tie(otto, maja),
      tie(elsa, nils),
    ]),
    await people.staffSaved(school, [
      { id: office, record: { title: null, forename: 'Jo', surname: 'Bell' } },
    ]),
    await people.pointsSaved(school, [
      reach(nowak, '+447700900201', { id: nowakPhone }),
      reach(maja, '+447700900202', { id: majaPhone }),
      reach(nils, '+447700900202'),
      reach(maja, 'Maja@example.com', { id: majaMail, channel: 'email' }),
      reach(office, '+442079460201', { id: officePhone, channel: 'voice', personKind: 'staff' }),
    ]),
  )
}

async function groups(school: School) {
  const saved = await people.groupsSaved(school, [
    { id: year4, kind: 'year', name: 'Year 4' },
    { id: kestrel, kind: 'registration', name: '4 Kestrel' },
    { id: falcon, kind: 'registration', name: '4 Falcon' },
  ])
  const members = [
    ...[zofia, elsa].map((pupilId) => ({ groupId: year4, pupilId })),
    { groupId: kestrel, pupilId: elsa },
  ]
  return [...saved, ...people.membershipsReplaced(school, [], members)]
}
