import { expect, test } from 'vitest'
import { foldersOf } from './changed-folders.ts'

test.each([
  [['workers/mis/read/csv.ts', 'workers/mis/plan.ts'], ['workers/mis/']],
  [
    ['web/school/imports/list.tsx', 'web/mis/imports.ts'],
    ['web/mis/', 'web/school/imports/'],
  ],
  [['workers/sweep.ts', 'workers/mis/plan.ts'], ['workers/']],
  [['web/school/home.tsx', 'web/school/imports/list.tsx'], ['web/school/']],
  [['test/cast/staff.ts'], ['test/cast/']],
  [['README.md', 'scripts/check.ts', ''], []],
])('a change of %j concerns the tests of %j', (files, folders) => {
  expect(foldersOf(files)).toEqual(folders)
})
