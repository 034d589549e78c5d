import { schoolRoute } from '../../route.ts'
import { reportFile } from './report-file.ts'

/** Everybody who is marked as left by an import, so that whoever approves it can look for each of them. */
export const importLeavers = schoolRoute('/school/imports/:import/leavers.csv', 'export-import', {
  isConfirmed: true,
  get: (visit) =>
    reportFile(visit, 'leavers.csv', ({ leaving }) => [
      ['Pupil', 'Year and group'],
      ...leaving.map(({ name, placing }) => [name, placing]),
    ]),
})
