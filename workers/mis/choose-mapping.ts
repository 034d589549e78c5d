import * as audit from '#audit'
import { newId, type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { can, type Import } from './import.ts'
import type { MappingRecord } from './mappings/import-mapping.ts'
import { headersKey } from './mappings/headers-key.ts'
import { findMapping, mappingSaved } from './mappings/by-headings.ts'
import { destroyFile, openObject } from './files/objects.ts'
import { preview } from './preview.ts'
import { readRoster } from './read/index.ts'
import type { FileProblem } from './records/roster.ts'
import { staged } from './files/staged.ts'
import { readingOf } from './read/tells.ts'

/**
 * Saves what a file's columns mean, for it and for the next file with these headings, and compares the
 * file with the roll. From then on nothing is kept but what the mapping takes: the file itself is destroyed
 * (PRODUCT 5.4). The mapping is one that `checkMapping` has no problem with.
 */
export async function chooseMapping(
  school: School,
  files: R2Bucket,
  imported: Import,
  { name, mapping }: MappingRecord,
): Promise<Refusal<'already-closed'> | { problem: FileProblem } | undefined> {
  if (!can('map', imported)) return refuse('already-closed')
  const bytes = await openObject(school, files, { id: imported.id }, 'file')
  if (!bytes) return refuse('already-closed')
  const read = readRoster(bytes, 'csv', mapping)
  if (!read.ok) return { problem: read.problem }

  const headers = mapping.columns.map((column) => column.header)
  const key = await headersKey(school, headers)
  const saved = await findMapping(school, key)
  const id = saved?.id ?? newId('mapping', school.clock.now())
  await school.commit(
    await mappingSaved(school, id, { name, mapping }, key),
    audit.entry(school, 'mapping.saved', id, { columns: headers.length }),
  )
  const { isPartial } = imported
  const reading = readingOf(read.roster, { mapping, isPartial })
  const isPreviewed = await preview(school, files, imported, {
    staged: staged(reading),
    mappingId: id,
  })
  if (!isPreviewed) return refuse('already-closed')
  await destroyFile(school, files, imported.id)
  return undefined
}
