import * as people from '#people'
import type { SchoolVisit } from '../../route.ts'

/** The school's year groups by name, and those that somebody was granted and that are there no more. */
export async function yearsOffered(
  { school, organisation }: SchoolVisit,
  granted: readonly string[] | null = null,
): Promise<string[]> {
  if (organisation.kind !== 'school') return []
  const groups = await people.listGroups(school)
  const years = groups.filter(({ kind }) => kind === 'year').map(({ name }) => name)
  return [...years, ...(granted ?? []).filter((name) => !years.includes(name))]
}
