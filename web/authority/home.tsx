import { homeNotices } from '../every/home-notices.tsx'
import { Empty, PageHeading } from '../kit/index.ts'
import { page } from '../page.tsx'
import { authorityRoute } from '../route.ts'

/** A local authority's first page. */
export const home = authorityRoute('/authority', 'see-home', {
  get: async (visit) =>
    page(
      visit,
      { title: 'Home' },
      <>
        <PageHeading caption={visit.organisation.name}>Home</PageHeading>
        {await homeNotices(visit)}
        <Empty heading="Nothing to do yet">
          <p class="govuk-body">
            Schools’ answers about the children you look after will be here once Looked After Call
            is switched on for {visit.organisation.name}. Until then nothing is asked of any school
            in your name, and no child’s data is held here.
          </p>
          <p class="govuk-body">
            To agree a date, write to{' '}
            <a class="govuk-link" href={`mailto:${visit.settings.SUPPORT_EMAIL}`}>
              {visit.settings.SUPPORT_EMAIL}
            </a>
            .
          </p>
        </Empty>
      </>,
    ),
})
