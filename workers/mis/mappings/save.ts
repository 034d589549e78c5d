import { type Id, newId, type Refusal, refuse } from '#kernel'
import * as audit from '#audit'
import type { School } from '#shards'
import type { MappingRecord } from './import-mapping.ts'
import { headersKey } from './headers-key.ts'
import { mappingSaved } from './by-headings.ts'
import { isNameTaken } from './names.ts'
import { noneWithHeadings } from './store.ts'

/**
 * Keeps what the columns of files with these headings mean, from the next file on; without an id as a new one.
 * Two for the same headings would contradict each other, and two of one name be mistaken. The mapping is one that `checkMapping` has no problem with.
 */
export async function save(
  school: School,
  record: MappingRecord,
  known?: Id<'mapping'>,
): Promise<Id<'mapping'> | Refusal<'headings-known' | 'name-known'>> {
  const headers = record.mapping.columns.map(({ header }) => header)
  const key = await headersKey(school, headers)
  const id = known ?? newId('mapping', school.clock.now())
  if (await isNameTaken(school, record.name, id)) return refuse('name-known', 'name')

  const saved = await school.commit(
    noneWithHeadings(school, key, id),
    await mappingSaved(school, id, record, key),
    audit.entry(school, 'mapping.saved', id, { columns: headers.length }),
  )
  return saved ? id : refuse('headings-known', 'name')
}
