import type { School } from '#shards'
import type { Import } from './import.ts'
import type { ImportMapping } from './mappings/import-mapping.ts'
import { headersKey } from './mappings/headers-key.ts'
import { openObject } from './files/objects.ts'
import { fitMapping, inspect, type Mapping } from './read/index.ts'
import { findMapping } from './mappings/by-headings.ts'

/** The columns of an uploaded CSV, for a person to say what they are. */
export type Columns = {
  headers: string[]
  /** The first rows of the file: personal data. */
  sampleRows: string[][]
  rowCount: number
  /** As saved for these headings, else a guess. */
  mapping: Mapping
  saved: ImportMapping | undefined
}

/** Undefined where the file is gone, or is no CSV: there is nothing to match. */
export async function columnsOf(
  school: School,
  files: R2Bucket,
  { id, kind, record }: Import,
): Promise<Columns | undefined> {
  const bytes = kind === 'csv' ? await openObject(school, files, { id }, 'file') : undefined
  const found = bytes && inspect(bytes, record.fileName)
  if (!found?.ok || found.kind !== 'csv') return undefined
  const { headers, sampleRows, rowCount, suggested } = found
  const saved = await findMapping(school, await headersKey(school, headers))
  const mapping = saved ? fitMapping(saved.mapping, headers) : suggested
  return { headers, sampleRows, rowCount, mapping, saved }
}
