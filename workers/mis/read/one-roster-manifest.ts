import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'
import { isOneRosterFile, textAt } from './one-roster-tables.ts'
import type { OneRosterFile, Tables } from './one-roster-tables.ts'

export type ManifestRead =
  | {
      ok: true
      isFull: boolean
      /** Whether every pupil's classes are there, so that one who is in none of them is in none. */
      areGroupsWhole: boolean
    }
  | { ok: false; problem: FileProblem }

/**
 * manifest.csv says of each file whether it is absent, in bulk or a delta (OneRoster 1.1, 3.2.1). Who is
 * missing from the users has left only where the users, and the roles that make them pupils, are in bulk.
 * Without a manifest, as in SDS, files are everything.
 */
export function readManifest(tables: Tables): ManifestRead {
  const said = new Map<string, string>()
  for (const row of tables['manifest.csv']?.rows ?? []) {
    const [, name] = /^file\.(\w{1,40})$/.exec(textAt(row, 'propertyName')) ?? []
    if (name) said.set(`${name.toLowerCase()}.csv`, textAt(row, 'value').toLowerCase())
  }
  for (const [file, how] of said) {
    const isMissing = how !== 'absent' && isOneRosterFile(file) && !tables[file]
    if (isMissing) return problem('file-missing', { file })
  }
  const isBulk = (file: OneRosterFile) =>
    !tables[file] || said.size === 0 || said.get(file) === 'bulk'
  return {
    ok: true,
    isFull: isBulk('users.csv') && isBulk('roles.csv'),
    areGroupsWhole:
      tables['enrollments.csv'] !== undefined && isBulk('enrollments.csv') && isBulk('classes.csv'),
  }
}
