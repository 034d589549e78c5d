import { parseId } from '#kernel'
import * as mis from '#mis'
import type { SchoolVisit } from '../../route.ts'

/** The import that the path names, if this school has it. */
export async function importOf(visit: SchoolVisit): Promise<mis.Import | undefined> {
  const id = parseId('import', visit.param('import'))
  return id && mis.find(visit.school, id)
}

export const importPath = ({ id }: Pick<mis.Import, 'id'>, rest = ''): string =>
  `/school/imports/${id}${rest}`
