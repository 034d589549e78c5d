import * as mis from '#mis'
import { notFoundPage } from '../../error-pages.tsx'
import { BackLink, Button, Form, PageHeading, Warning } from '../../kit/index.ts'
import { page, seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { mappingOf } from './mapping.tsx'

/** Whether a mapping is really to go. */
export const mappingRemoval = schoolRoute('/school/mappings/:mapping/removal', 'import', {
  get: async (visit) => {
    const found = await mappingOf(visit)
    if (!found) return notFoundPage(visit)
    return page(
      visit,
      {
        title: 'Remove a mapping',
        before: <BackLink href="/school/mappings" text="Mappings" />,
      },
      <>
        <PageHeading caption={found.name}>Remove a mapping</PageHeading>
        <Warning>
          The next file with these headings that is uploaded is not compared by itself: somebody
          matches its columns anew. An agent that has a copy of this mapping goes on with its copy.
          Pupils and contacts stay as they are.
        </Warning>
        <Form action={`/school/mappings/${found.id}/removal`}>
          <Button kind="warning">Remove the mapping</Button>
        </Form>
      </>,
    )
  },

  post: async (visit) => {
    const found = await mappingOf(visit)
    if (!found) return notFoundPage(visit)
    await mis.mappings.remove(visit.school, found.id)
    return seeOther(visit, '/school/mappings', 'mapping-removed')
  },
})
