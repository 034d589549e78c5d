import * as mis from '#mis'
import { schoolRoute } from '../../route.ts'

/** A small file of invented people, to try an import with. */
export const importSample = schoolRoute('/school/imports/sample.csv', 'import', {
  get: ({ c }) =>
    c.body(`\ufeff${mis.SAMPLE_CSV}`, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="sample-pupils.csv"',
    }),
})
