import { notFoundPage } from '../../error-pages.tsx'
import { schoolRoute } from '../../route.ts'
import { fileNameOf, textForAgent } from './agent-file.tsx'
import { mappingOf } from './mapping.tsx'

/** A mapping as a feed of the agent's configuration takes it: a file to be put beside that. */
export const mappingForAgent = schoolRoute(
  '/school/mappings/:mapping/agent.json',
  'manage-agents',
  {
    get: async (visit) => {
      const found = await mappingOf(visit)
      if (!found) return notFoundPage(visit)
      return visit.c.body(textForAgent(found.mapping), 200, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': `attachment; filename="${fileNameOf(found.name)}"`,
        'Cache-Control': 'no-store',
      })
    },
  },
)
