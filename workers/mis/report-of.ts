import type { School } from '#shards'
import type { Import } from './import.ts'
import { openJson } from './objects.ts'
import type { Report } from './report.ts'

/** What was found in a file, or what it changed; undefined where the report has been destroyed. */
export const reportOf = (
  school: School,
  files: R2Bucket,
  { id }: Import,
): Promise<Report | undefined> => openJson<Report>(school, files, id, 'report')
