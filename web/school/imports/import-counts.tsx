import type { Counts } from '#mis'
import { Stat, type StatProps, Stats } from '../../kit/index.ts'

/** What the file changes, in numbers; each leads to its list, or to where the lists begin. */
export const ImportCounts = ({ counts, isDone }: { counts: Counts; isDone: boolean }) => (
  <Stats label={isDone ? 'What was changed' : 'What would change'}>
    {[...pupilStats(counts, isDone), ...otherStats(counts)]
      .filter((stat) => stat.always || stat.count > 0)
      .map(({ count, one, many, href, tone }) => (
        <Stat
          count={count.toLocaleString('en-GB')}
          words={count === 1 ? one : many}
          href={count > 0 ? href : '#report'}
          tone={count > 0 ? tone : 'calm'}
        />
      ))}
  </Stats>
)

type Counted = {
  count: number
  one: string
  many: string
  href: string
  tone?: StatProps['tone']
  /** Said even where it is nothing. */
  always?: boolean
}

const pupilStats = ({ pupils }: Counts, isDone: boolean): Counted[] => [
  { ...words('new pupil'), count: pupils.added, href: '#new', always: true },
  {
    ...words('pupil changed', 'pupils changed'),
    count: pupils.changed,
    href: '#changed',
    always: true,
  },
  {
    ...(isDone ? words('pupil left', 'pupils left') : words('pupil leaves', 'pupils leave')),
    count: pupils.leaving,
    href: '#leaving',
    tone: 'attention',
    always: true,
  },
  {
    ...(isDone
      ? words('pupil returned', 'pupils returned')
      : words('pupil returns', 'pupils return')),
    count: pupils.returning,
    href: '#returning',
  },
  {
    ...words('pupil unchanged', 'pupils unchanged'),
    count: pupils.unchanged,
    href: '#report',
    always: true,
  },
]

const otherStats = ({ contacts, restrictions, rejected }: Counts): Counted[] => [
  { ...words('new contact'), count: contacts.added, href: '#changed' },
  { ...words('contact changed', 'contacts changed'), count: contacts.changed, href: '#changed' },
  {
    ...words('contact without a pupil', 'contacts without a pupil'),
    count: contacts.leaving,
    href: '#changed',
  },
  {
    ...words('“do not contact” added', '“do not contact” added'),
    count: restrictions.added,
    href: '#changed',
    tone: 'attention',
  },
  {
    ...words('“do not contact” ended', '“do not contact” ended'),
    count: restrictions.ended,
    href: '#changed',
    tone: 'attention',
  },
  {
    ...words('thing not taken', 'things not taken'),
    count: rejected,
    href: '#rejected',
    tone: 'attention',
    always: true,
  },
]

const words = (one: string, many = `${one}s`) => ({ one, many })
