import * as access from '#access'
import type { ContactId, ImportId, PupilId, StaffId, UserId } from '#kernel'
import { showShort } from '#kernel'
import * as mis from '#mis'
import * as people from '#people'
import { may, mayHere } from '../../may.ts'
import { areaOf } from '../../area.ts'
import type { SchoolVisit } from '../../route.ts'
import { importName } from '../../words/pushes.ts'

/** What an id stands for: its name where it has one, and its page where the reader may open it. */
export type Named = { name: string; href?: string | undefined }

/**
 * Names for ids of a trail, which holds none itself: those of people of the reader's own organisation, and
 * for the rest what kind of thing it is. An id of somebody erased has no name any more.
 */
export async function namesFor(
  visit: SchoolVisit,
  ids: readonly string[],
): Promise<(id: string) => Named | undefined> {
  const of = <T extends string>(prefix: string) =>
    [...new Set(ids.filter((id) => id.startsWith(`${prefix}_`)))] as T[]
  const [children, adults, users] = [of<PupilId>('pup'), of<ContactId>('con'), of<UserId>('usr')]
  const staff = of<StaffId>('stf')
  const isImporter = visit.organisation.kind === 'school' && may(visit.user, 'import')
  const files = isImporter ? of<ImportId>('imp') : []
  const { school, directory, organisation } = visit
  const [pupils, contacts, members, names, imports] = await Promise.all([
    children.length > 0 ? people.pupilRecords(school, children) : undefined,
    adults.length > 0 ? people.contactRecords(school, adults) : undefined,
    staff.length > 0 ? people.listStaff(school) : [],
    users.length > 0 ? access.namesOf(directory, organisation.id) : undefined,
    files.length > 0 ? mis.findAll(school, files) : [],
  ])
  const known = new Map<string, Named>([[organisation.id, { name: organisation.name }]])
  for (const [id, record] of pupils ?? []) {
    known.set(id, { name: people.fullName(record), href: `/school/pupils/${id}` })
  }
  for (const [id, record] of contacts ?? []) {
    known.set(id, { name: people.contactName(record), href: `/school/contacts/${id}` })
  }
  for (const { id, record } of members) {
    known.set(id, { name: people.staffName(record), href: '/school/staff' })
  }
  for (const each of imports) {
    const name = `${importName(each)}, ${showShort(each.createdAtMs)}`
    known.set(each.id, { name, href: `/school/imports/${each.id}` })
  }
  const usersAt = mayHere(visit.user, organisation.kind, 'end-access')
    ? `${areaOf(organisation)}/users`
    : undefined
  for (const id of users) {
    const name = names?.get(id)
    if (name !== undefined) known.set(id, { name, href: usersAt && `${usersAt}/${id}` })
  }
  return (id) => known.get(id) ?? thingOf(visit, id)
}

/** Things that have no name of their own, by the first letters of their ids. */
const things: Readonly<Record<string, string>> = {
  pup: 'A pupil who is no longer on record',
  con: 'A contact who is no longer on record',
  stf: 'A member of staff who is no longer on record',
  usr: 'A user who is no longer on record',
  org: 'An organisation',
  ses: 'A session',
  inv: 'An invitation',
  pky: 'A passkey',
  sup: 'A visit of support',
  scr: 'A code for support',
  rev: 'An access review',
  bex: 'An export',
  pnt: 'A number or address',
  rst: 'A restriction',
  grp: 'A group',
  msg: 'A message',
  rep: 'A reply',
  imp: 'An import',
  map: 'A matching of columns',
  agt: 'The school’s agent',
  wrb: 'A change to write back',
  crd: 'A purchase of credit',
  key: 'A key',
  dlq: 'A failed job',
}

function thingOf({ user, organisation }: SchoolVisit, id: string): Named | undefined {
  const name = things[id.slice(0, id.indexOf('_'))]
  if (name === undefined) return undefined
  const isSchool = organisation.kind === 'school'
  if (id.startsWith('msg_') && isSchool && may(user, 'see-all-messages')) {
    return { name, href: `/school/messages/${id}` }
  }
  return { name }
}
