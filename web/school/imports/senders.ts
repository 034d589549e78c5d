import * as access from '#access'
import * as agents from '#agents'
import type { Import } from '#mis'
import type { SchoolVisit } from '../../route.ts'

/** Who or what sent an import: a person by name, or the agent by the name that the school gave it. */
export async function sendersOf({
  directory,
  school,
}: SchoolVisit): Promise<(imported: Pick<Import, 'createdBy' | 'agentId'>) => string> {
  const [users, programs] = await Promise.all([
    access.list(directory, school),
    agents.list(directory, school),
  ])
  const names = new Map<string, string>([
    ...users.map(({ id, name }): [string, string] => [id, name]),
    ...programs.map(({ id, name }): [string, string] => [id, `Agent “${name}”`]),
  ])
  return ({ createdBy, agentId }) =>
    agentId === null ? (names.get(createdBy) ?? 'Schoolgate') : (names.get(agentId) ?? 'The agent')
}
