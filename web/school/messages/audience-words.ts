import type { ContactId, GroupId, PupilId, StaffId } from '#kernel'
import * as people from '#people'
import type { Message } from '#messaging'
import type { School } from '#shards'

type Addressed = Pick<Message, 'audience' | 'withinYears'>

/** Names said before "and 12 others". */
const MAX_SAID = 6

/** Whom a message is addressed to, in words: "Year 4, 5A, Elsa Lindqvist and 3 others". */
export async function audienceWords(school: School, message: Addressed): Promise<string> {
  return (await audiencesInWords(school, [message]))[0] ?? ''
}

/** The same for a list of messages, in its order, looking each name up once. */
export async function audiencesInWords(
  school: School,
  messages: readonly Addressed[],
): Promise<string[]> {
  const names = await namesIn(school, messages)
  return messages.map(({ audience, withinYears }) =>
    said([
      ...(audience.everyPupil ? [everyPupilWords(withinYears)] : []),
      ...named(names.groups, audience.groups),
      ...named(names.pupils, audience.pupils),
      ...(audience.everyStaff ? ['all staff'] : []),
      ...named(names.staff, audience.staff),
      ...named(names.contacts, audience.contacts),
    ]),
  )
}

type Names = {
  groups: Map<GroupId, string>
  pupils: Map<PupilId, string>
  staff: Map<StaffId, string>
  contacts: Map<ContactId, string>
}

async function namesIn(school: School, messages: readonly Addressed[]): Promise<Names> {
  const all = messages.map(({ audience }) => audience)
  const [groups, pupils, contacts, staff] = await Promise.all([
    all.some((one) => one.groups.length > 0) ? people.listGroups(school) : [],
    people.pupilRecords(
      school,
      all.flatMap((one) => one.pupils.slice(0, MAX_SAID)),
    ),
    people.contactRecords(
      school,
      all.flatMap((one) => one.contacts.slice(0, MAX_SAID)),
    ),
    all.some((one) => one.staff.length > 0) ? people.listStaff(school) : [],
  ])
  return {
    groups: new Map(groups.map(({ id, name }) => [id, name])),
    pupils: new Map([...pupils].map(([id, record]) => [id, people.fullName(record)])),
    staff: new Map(staff.map(({ id, record }) => [id, people.staffName(record)])),
    contacts: new Map([...contacts].map(([id, record]) => [id, people.contactName(record)])),
  }
}

const named = <Id>(names: ReadonlyMap<Id, string>, ids: readonly Id[]): string[] =>
  ids.map((id) => names.get(id) ?? '')

const everyPupilWords = (years: readonly string[] | null): string =>
  years === null ? 'All pupils' : `All pupils in ${years.join(', ')}`

/** Names that are not known are counted: beyond the first few they are not looked up. */
function said(names: readonly string[]): string {
  const shown = names.filter(Boolean).slice(0, MAX_SAID)
  const others = names.length - shown.length
  if (shown.length === 0) return others === 0 ? 'Nobody' : 'People who are not here any more'
  if (others === 0) return shown.join(', ')
  return `${shown.join(', ')} and ${others} ${others === 1 ? 'other' : 'others'}`
}
