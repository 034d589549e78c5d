import { type ImportId, invariant } from '#kernel'
import * as mis from '#mis'
import type { School } from '#shards'

/** Uploads a file as a school's office does: says what the columns are where asked, and looks at it. */
export async function upload(
  school: School,
  files: R2Bucket,
  bytes: Uint8Array,
  { isPartial = false, fileName = 'export.csv', ourName = 'Ours' } = {},
): Promise<mis.Import> {
  const file = { bytes, fileName, isPartial, dfeNumber: null, ourName }
  const taken = await mis.upload(school, files, file)
  invariant(taken.ok, 'a file of the office can be read')
  const imported = await found(school, taken.id)
  if (!taken.needsMapping) return imported
  const columns = await mis.columnsOf(school, files, imported)
  invariant(columns, 'a file that was just uploaded has columns')
  const record = { name: 'Office', mapping: columns.mapping }
  const refused = await mis.chooseMapping(school, files, imported, record)
  invariant(!refused, 'the columns of an office’s file are known by their headings')
  return found(school, taken.id)
}

/** The import as it stands now. */
export async function found(school: School, id: ImportId): Promise<mis.Import> {
  const imported = await mis.find(school, id)
  invariant(imported, 'the import is there')
  return imported
}
