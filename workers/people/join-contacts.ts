import { type ContactId, type Refusal, refuse } from '#kernel'
import * as audit from '#audit'
import type { School, Write } from '#shards'
import { contactsSaved } from './store/contacts.ts'
import { contactsJoined, digestOf, stillSays } from './store/joined.ts'
import { areDuplicates, asDuplicates } from './store/quality.ts'
import { contactRecords } from './store/relationships.ts'

export type JoinRefusal =
  | 'no-such-contact'
  | 'same-contact'
  | 'not-duplicates'
  | 'changed-meanwhile'

/**
 * Makes one contact of two records of the same person: `kept` has everything from then on, `gone` is no more.
 * A restriction on either holds for the one that stays. Only two of the list of duplicates are joined: a mother
 * never takes over the order on a father, nor he what she is told. `alongside` is what must happen in the same commit;
 * messaging's `joinContacts` brings what was sent and stops what may not go any more.
 */
export async function joinContacts(
  school: School,
  kept: ContactId,
  gone: ContactId,
  alongside: readonly Write[] = [],
): Promise<Refusal<JoinRefusal> | undefined> {
  if (kept === gone) return refuse('same-contact')
  const [records, digest, goneDigest] = await Promise.all([
    contactRecords(school, [kept, gone]),
    digestOf(school, kept),
    digestOf(school, gone),
  ])
  const [record, other] = [records.get(kept), records.get(gone)]
  if (!record || !other || !digest || !goneDigest) return refuse('no-such-contact')
  if (!(await areDuplicates(school, kept, gone))) return refuse('not-duplicates')

  const { title, forename, surname, language } = record
  const merged = {
    title: title ?? other.title,
    forename: forename ?? other.forename,
    surname,
    language: language ?? other.language,
  }
  const done = await school.commit(
    stillSays(school, kept, digest),
    stillSays(school, gone, goneDigest),
    school.expect({ toSQL: () => asDuplicates(school, kept, gone) }),
    await contactsSaved(school, [{ id: kept, record: merged, digest }]),
    contactsJoined(school, kept, gone),
    [...alongside],
    audit.entry(school, 'contact.joined', kept, { joined: gone }),
  )
  return done ? undefined : refuse('changed-meanwhile')
}
