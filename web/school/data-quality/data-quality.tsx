import * as people from '#people'
import type { Part, Quality } from '#people'
import { PageHeading, Stat, Stats } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { Duplicates, Failing, FewContacts, Shared, Unreachable } from './lists.tsx'

/** What is amiss with the contact data, as a list of work: each kind with its number, and where to put it right. */
export const dataQuality = schoolRoute('/school/data-quality', 'mend-contacts', {
  get: async (visit) => {
    const quality = await people.viewQuality(visit.school)
    return page(
      visit,
      { title: 'Contact data to check' },
      <>
        <PageHeading>Contact data to check</PageHeading>
        <p class="govuk-body">
          Put these right in your management information system where you can: the next import
          brings it here. What is corrected here is taken{' '}
          <a class="govuk-link" href="/school/write-backs">
            back to your system
          </a>
          .
        </p>
        <Summary quality={quality} />
        <Unreachable part={quality.unreachable} />
        <FewContacts part={quality.fewContacts} />
        <Failing count={quality.failing} />
        <Shared part={quality.shared} />
        <Duplicates part={quality.duplicates} />
      </>,
    )
  },
})

const Summary = ({ quality }: { quality: Quality }) => (
  <Stats label="What there is to check">
    {kinds.map(({ count, one, many, href }) => {
      const total = count(quality)
      return (
        <Stat
          count={total}
          words={total === 1 ? one : many}
          href={href}
          tone={total > 0 ? 'attention' : 'calm'}
        />
      )
    })}
  </Stats>
)

type Kind = { count: (quality: Quality) => number; one: string; many: string; href: string }

const totalOf =
  (name: 'unreachable' | 'fewContacts' | 'shared' | 'duplicates') =>
  (quality: Quality): number =>
    (quality[name] as Part<unknown>).total

const kinds: readonly Kind[] = [
  {
    count: totalOf('unreachable'),
    one: 'pupil nobody can be told about',
    many: 'pupils nobody can be told about',
    href: '#unreachable',
  },
  {
    count: totalOf('fewContacts'),
    one: 'pupil with one contact only',
    many: 'pupils with one contact only',
    href: '#few-contacts',
  },
  {
    count: ({ failing }) => failing,
    one: 'number or address that fails',
    many: 'numbers and addresses that fail',
    href: '#failing',
  },
  {
    count: totalOf('shared'),
    one: 'number or address shared',
    many: 'numbers and addresses shared',
    href: '#shared',
  },
  {
    count: totalOf('duplicates'),
    one: 'contact who may be there twice',
    many: 'contacts who may be there twice',
    href: '#duplicates',
  },
]
