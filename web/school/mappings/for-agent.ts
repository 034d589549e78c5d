import { notFoundPage } from '../../error-pages.tsx'
import { schoolRoute } from '../../route.ts'
import { mappingOf } from './mapping.tsx'

/** A mapping as a feed of the agent's configuration takes it: a file to be put beside that. */
export const mappingForAgent = schoolRoute(
  '/school/mappings/:mapping/agent.json',
  'manage-agents',
  {
    get: async (visit) => {
      const found = await mappingOf(visit)
      if (!found) return notFoundPage(visit)
      const text = `${JSON.stringify(found.mapping, null, 2)}\n`
      return visit.c.body(text, 200, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': `attachment; filename="${fileNameOf(found.name)}"`,
        'Cache-Control': 'no-store',
      })
    },
  },
)

/** Small letters, digits and dashes: it is typed into a configuration. */
export const fileNameOf = (name: string): string => {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${letters || 'columns'}.mapping.json`
}
