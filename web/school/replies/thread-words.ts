import { type ContactId, showPhone } from '#kernel'
import type { Reply } from '#messaging'
import * as people from '#people'
import type { School } from '#shards'

/** Who wrote: the contact's name, or the number where it is nobody's or several people's. */
export async function writersOf(
  school: School,
  replies: readonly Reply[],
): Promise<(reply: Reply) => string> {
  const ids = replies.flatMap(({ contactId }) => contactId ?? [])
  const records = await people.contactRecords(school, [...new Set<ContactId>(ids)])
  return ({ contactId, record }) => {
    const contact = contactId === null ? undefined : records.get(contactId)
    return contact ? people.contactName(contact) : showPhone(record.from)
  }
}

/** Whose the number may be, where it is not one contact's alone. */
export async function ownersWords(school: School, reply: Reply): Promise<string> {
  const owners = await people.ownersOf(school, reply.fingerprint)
  if (owners.length === 0) return 'This number belongs to nobody on record.'
  const names = new Intl.ListFormat('en-GB').format(owners.map(({ name }) => name))
  return `This number belongs to ${names}, so it cannot be answered here. Write to one of them from the page of their child.`
}
