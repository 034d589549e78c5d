import { londonDay } from '#kernel'
import * as schools from '#schools'
import { Empty, Inset, PageHeading } from '../kit/index.ts'
import { page } from '../page.tsx'
import { everyArea, type SchoolVisit } from '../route.ts'
import { ChangesAhead, Entries } from './register-parts.tsx'

/**
 * Who is responsible for this organisation’s data and who processes it, for each product it subscribes
 * to, and what is going to change (PRODUCT 2.3). It prints as it stands.
 */
export const register = everyArea('/register', 'see-register', {
  get: (visit) => {
    const options = registerOptions(visit)
    const entries = schools.registerOf(visit.organisation, options)
    return page(
      visit,
      { title: 'Who processes our data' },
      <>
        <PageHeading caption={visit.organisation.name}>Who processes our data</PageHeading>
        <Explanation visit={visit} />
        <ChangesAhead
          changes={schools.changesAhead(visit.organisation, options)}
          support={visit.settings.SUPPORT_EMAIL}
        />
        {entries.length === 0 ? (
          <Empty heading="No product yet">
            Nothing is processed for {visit.organisation.name} beyond its people’s own accounts
            until a product is switched on.
          </Empty>
        ) : (
          <Entries entries={entries} visit={visit} />
        )}
      </>,
    )
  },
})

/** What the register is made from, as this copy of the service is configured. */
export const registerOptions = ({
  directory,
  settings,
}: Pick<SchoolVisit, 'directory' | 'settings'>): schools.RegisterOptions => ({
  today: londonDay(directory.clock.now()),
  hasSandbox: settings.SANDBOX_URL !== '',
})

const Explanation = ({ visit }: { visit: SchoolVisit }) => (
  <div class="govuk-grid-row">
    <div class="govuk-grid-column-two-thirds">
      <p class="govuk-body">
        The controller decides why and how data is used, and answers for it. The processors handle
        the data for the controller, and only as it says (UK GDPR Articles 4 and 28). A new
        processor, or the end of one, is announced {schools.NOTICE_DAYS} days ahead: here, on the
        home page, and by e-mail to those in charge.
      </p>
      {visit.organisation.kind === 'operator' && (
        <Inset>Each customer sees its own products, and itself as the controller.</Inset>
      )}
    </div>
  </div>
)
