import * as audit from '#audit'
import type { School } from '#shards'
import type { Import } from './import.ts'
import { openJson } from './files/objects.ts'
import type { Report } from './compare/report.ts'

/**
 * What was found in a file, or what it changed, for somebody who looks at it or takes it away: it
 * names people, so the trail remembers (PRODUCT 3.5). Undefined where the report has been destroyed.
 */
export async function reportOf(
  school: School,
  files: R2Bucket,
  { id, findings }: Import,
  why: 'viewed' | 'exported',
): Promise<Report | undefined> {
  const report = await openJson<Report>(school, files, { id, findings }, 'report')
  const action = why === 'viewed' ? 'import.viewed' : 'import.exported'
  if (report) await audit.viewed(school, action, [id])
  return report
}
