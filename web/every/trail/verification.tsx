import * as access from '#access'
import * as audit from '#audit'
import { showDateTime } from '#kernel'
import {
  BackLink,
  Button,
  ErrorSummary,
  Form,
  NotificationBanner,
  PageHeading,
  SummaryList,
} from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { faultWords } from '../../words/trail.ts'
import { Entries } from './entries.tsx'
import { type Line, linesOf } from './lines.ts'
import { pathOf } from './trail.tsx'

/** Whether the record itself is whole: every entry is read, and held against the end that is kept elsewhere. */
export const trailVerification = everyArea('/trail/verification', 'see-trail', {
  get: (visit) => show(visit),

  post: async (visit) => {
    const { school, env } = visit
    // It reads the whole trail: not more often than guesses are let through, for an organisation.
    if (!(await access.counted(visit.directory, [['trail-check', school.id]]))) {
      visit.c.header('Retry-After', String(WAIT_SECONDS))
      return show(visit, undefined, TOO_OFTEN)
    }
    await audit.sealTrail(school, env.ANCHORS)
    const verdict = await audit.verify(school, env.ANCHORS)
    const { sealed, unsealed, fault } = verdict
    const facts = { sealed, unsealed, outcome: fault ? `${fault.kind}` : 'whole' }
    await school.commit(audit.entry(school, 'trail.verified', school.id, facts))
    const changed = fault?.kind === 'changed' ? await audit.find(school, fault.id) : undefined
    return show(visit, { verdict, lines: changed ? await linesOf(visit, [changed]) : [] })
  },
})

/** What `access.counted` counts within. */
const WAIT_SECONDS = 5 * 60
const TOO_OFTEN =
  'The trail was checked many times in the last minutes. Wait 5 minutes, then check it again'

type Outcome = { verdict: audit.Verdict; lines: Line[] }

function show(visit: SchoolVisit, outcome?: Outcome, refusal?: string): Promise<Response> {
  const path = pathOf(visit)
  const hasErrors = refusal !== undefined
  return page(
    visit,
    {
      title: 'Check of the trail',
      status: hasErrors ? 429 : 200,
      hasErrors,
      before: <BackLink href={path} text="Trail" />,
    },
    <>
      <ErrorSummary errors={hasErrors ? { form: refusal } : {}} />
      {outcome && <Verdict verdict={outcome.verdict} />}
      <PageHeading>Check of the trail</PageHeading>
      {outcome && <Counts {...outcome.verdict} />}
      {outcome && outcome.lines.length > 0 && (
        <Entries lines={outcome.lines} caption="That entry, as it reads now" trail={path} />
      )}
      <p class="govuk-body">
        Each entry carries a seal made of itself and of the entry before it, and the newest seal is
        kept in another place each minute. So an entry that was changed, removed, moved or put in
        afterwards is found, also by somebody who can change the database.
      </p>
      <Form action={`${path}/verification`}>
        <Button kind="secondary">{outcome ? 'Check again' : 'Check the trail now'}</Button>
      </Form>
    </>,
  )
}

const number = (count: number): string => count.toLocaleString('en-GB')

const Verdict = ({ verdict: { fault, sealed } }: { verdict: audit.Verdict }) => {
  if (fault) {
    return (
      <NotificationBanner kind="important" heading="The trail is not as it was written">
        {`${faultWords[fault.kind](number(fault.position))} Tell support at once, and do not change anything.`}
      </NotificationBanner>
    )
  }
  const words =
    sealed === 1
      ? 'Its one entry is as it was written.'
      : `All ${number(sealed)} entries are as they were written.`
  return (
    <NotificationBanner kind="success" heading="The trail is whole">
      {words}
    </NotificationBanner>
  )
}

const Counts = ({ fault, sealed, unsealed, anchoredAtMs }: audit.Verdict) => (
  <SummaryList
    rows={[
      { key: 'Entries in the chain', value: number(sealed) },
      ...(fault ? [{ key: 'First fault at entry', value: number(fault.position) }] : []),
      {
        key: 'Not chained yet',
        value:
          unsealed === 0
            ? 'None'
            : `${number(unsealed)}: they came while this was checked, and are chained within a minute`,
      },
      {
        key: 'End last kept elsewhere',
        value: anchoredAtMs === null ? 'Never' : showDateTime(anchoredAtMs),
      },
    ]}
  />
)
