import * as audit from '#audit'
import { parseId, type PupilId } from '#kernel'
import * as people from '#people'
import { fullName } from '#people'
import { notFoundPage } from '../../error-pages.tsx'
import { BackLink, PageHeading } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { asLooks, LooksTable } from './looks-table.tsx'

const PAGE = 50

/** Everybody who has looked at one pupil's record, for those who watch over that. */
export const pupilLooks = schoolRoute('/school/pupils/:pupil/looks', 'see-looks', {
  get: async (visit) => {
    const { school, user } = visit
    const id = parseId('pupil', visit.param('pupil'))
    const found = id && (await people.find(school, id))
    if (!found || !people.isWithin(found, user.yearGroups)) return notFoundPage(visit)

    const before = parseId('entry', visit.c.req.query('before'))
    const entries = await audit.looks(school, found.id, { limit: PAGE + 1, before })
    await audit.viewed(school, 'looks.viewed', [found.id])
    const shown = entries.slice(0, PAGE)
    const next = entries.length > PAGE ? shown.at(-1)?.id : undefined
    const back = <BackLink href={`/school/pupils/${found.id}`} text={fullName(found.record)} />
    return page(
      visit,
      { title: 'Who has looked', before: back },
      <>
        <PageHeading caption={fullName(found.record)}>Who has looked at this record</PageHeading>
        <LooksTable
          visit={visit}
          looks={await asLooks(visit, shown)}
          caption={before ? 'Earlier, newest first' : 'Newest first'}
        />
        <Pages id={found.id} before={before} next={next} />
      </>,
    )
  },
})

type PagesProps = { id: PupilId; before: string | undefined; next: string | undefined }

const Pages = ({ id, before, next }: PagesProps) => (
  <p class="govuk-body">
    {before && (
      <a class="govuk-link" href={`/school/pupils/${id}/looks`}>
        Newest
      </a>
    )}{' '}
    {next && (
      <a class="govuk-link" href={`/school/pupils/${id}/looks?before=${next}`}>
        Earlier
      </a>
    )}
  </p>
)
