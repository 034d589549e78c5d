import type { Counts, Import } from '#mis'
import { Stat, type StatProps, Stats } from '../../kit/index.ts'

type Props = { counts: Counts; data: Import['data']; isDone: boolean }

/** What the file changes, in numbers; each leads to its list, or to where the lists begin. */
export const ImportCounts = ({ counts, data, isDone }: Props) => (
  <Stats label={isDone ? 'What was changed' : 'What would change'}>
    {[...(data === 'roster' ? pupilStats(counts, isDone) : []), ...otherStats(counts, isDone)]
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

const otherStats = (counts: Counts, isDone: boolean): Counted[] => [
  ...contactStats(counts, isDone),
  ...staffStats(counts),
  ...entryStats(counts, isDone),
  {
    ...words('thing not taken', 'things not taken'),
    count: counts.rejected,
    href: '#rejected',
    tone: 'attention',
    always: true,
  },
]

const contactStats = ({ contacts, points, restrictions }: Counts, isDone: boolean): Counted[] => [
  { ...words('new contact'), count: contacts.added, href: '#changed' },
  { ...words('contact changed', 'contacts changed'), count: contacts.changed, href: '#changed' },
  {
    ...words('contact without a pupil', 'contacts without a pupil'),
    count: contacts.leaving,
    href: '#changed',
  },
  {
    ...(isDone
      ? words('number or address removed', 'numbers and addresses removed')
      : words('number or address goes', 'numbers and addresses go')),
    count: points.ended,
    href: '#changed',
    tone: 'attention',
  },
  {
    ...words('“do not contact” added', '“do not contact” added'),
    count: restrictions.added,
    href: '#touched',
    tone: 'attention',
  },
  {
    ...words('“do not contact” ended', '“do not contact” ended'),
    count: restrictions.ended,
    href: '#touched',
    tone: 'attention',
  },
]

const staffStats = ({ staff }: Counts): Counted[] => [
  {
    ...words('new member of staff', 'new members of staff'),
    count: staff?.added ?? 0,
    href: '#touched',
  },
  {
    ...words('member of staff changed', 'members of staff changed'),
    count: staff?.changed ?? 0,
    href: '#touched',
  },
  {
    ...words('member of staff left', 'members of staff left'),
    count: staff?.leaving ?? 0,
    href: '#touched',
    tone: 'attention',
  },
]

/** Marks and conduct, and wishes of people not to be written to. */
const entryStats = ({ entries = 0, conduct, wishes }: Counts, isDone: boolean): Counted[] => [
  { ...words('new or changed entry', 'new or changed entries'), count: entries, href: '#report' },
  {
    ...(isDone ? words('entry removed', 'entries removed') : words('entry goes', 'entries go')),
    count: conduct?.removed ?? 0,
    href: '#report',
    tone: 'attention',
  },
  {
    ...words('number or address to stop', 'numbers and addresses to stop'),
    count: wishes?.stopped ?? 0,
    href: '#touched',
    tone: 'attention',
  },
  {
    ...words('number or address to resume', 'numbers and addresses to resume'),
    count: wishes?.resumed ?? 0,
    href: '#touched',
  },
  {
    ...words('number or address agrees to marketing', 'numbers and addresses agree to marketing'),
    count: wishes?.agreed ?? 0,
    href: '#touched',
  },
  {
    ...words(
      'number or address does not agree to marketing any more',
      'numbers and addresses do not agree to marketing any more',
    ),
    count: wishes?.withdrawn ?? 0,
    href: '#touched',
    tone: 'attention',
  },
]

const words = (one: string, many = `${one}s`) => ({ one, many })
