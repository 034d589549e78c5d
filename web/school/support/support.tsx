import * as access from '#access'
import { parseId, showShort, showTime } from '#kernel'
import { Button, Empty, Form, PageHeading, Table, Tag } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { bulkExports } from './bulk-exports.tsx'
import { levelOf } from '../../words/support.ts'
import { roleNames } from '../../words/roles.ts'

const PAGE = 50

/** Who of the operator was in the school's area, why, at which level; and who is, to be ended at once. */
export const support = schoolRoute('/school/support', 'see-support', {
  get: async (visit) => {
    const before = parseId('support-access', visit.c.req.query('before'))
    const found = await access.supportHistory(visit.directory, visit.school, {
      limit: PAGE + 1,
      ...(before && { before }),
    })
    const users = await access.namesOf(visit.directory, visit.organisation.id)
    const shown = found.slice(0, PAGE)
    const last = found.length > PAGE ? shown.at(-1)?.id : undefined
    return page(
      visit,
      { title: 'Support' },
      <>
        <PageHeading>Schoolgate support in your area</PageHeading>
        <p class="govuk-body">
          Somebody of Schoolgate comes into your school’s area only with a code that one of your
          people read out to them, at that person’s level or lower; or, as an Administrator of
          Schoolgate, with a reason. Either way for 30 minutes at most, with every look and every
          change in your trail. You can end it at any moment.
        </p>
        <p class="govuk-body">
          To let somebody in,{' '}
          <a class="govuk-link" href="/account/screening">
            make a code for them
          </a>
          .
        </p>
        <Accesses shown={shown} users={users} />
        {last && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/school/support?before=${last}`}>
              Earlier ones
            </a>
          </p>
        )}
        {await bulkExports(visit)}
      </>,
    )
  },
})

type AccessesProps = { shown: access.SupportAccess[]; users: ReadonlyMap<string, string> }

const Accesses = ({ shown, users }: AccessesProps) => (
  <Table
    caption="Who was in"
    columns={[
      { head: 'When', cell: (one: access.SupportAccess) => showShort(one.startedAtMs) },
      { head: 'Who', cell: (one) => <Who one={one} /> },
      { head: 'By whose leave', cell: (one) => leaveOf(one, users) },
      { head: 'Level', cell: (one) => roleNames[one.role] },
      { head: 'Why', cell: (one) => <span class="sg-typed">{one.reason}</span> },
      { head: 'Until', cell: (one) => <Until one={one} users={users} /> },
      { head: 'What they did', cell: (one) => <Deeds one={one} /> },
    ]}
    rows={shown}
    empty={
      <Empty heading="Nobody yet">
        Nobody of Schoolgate has been in your school’s area. Whoever comes in is listed here.
      </Empty>
    }
  />
)

const Who = ({ one }: { one: access.SupportAccess }) => (
  <>
    {one.who}
    <br />
    <span class="govuk-hint govuk-!-margin-bottom-0">{roleNames[one.operatorRole]}</span>
  </>
)

const leaveOf = ({ screenedBy }: access.SupportAccess, users: ReadonlyMap<string, string>) =>
  screenedBy === null
    ? 'Nobody’s: an Administrator of Schoolgate, with a reason'
    : `${users.get(screenedBy) ?? 'Somebody'}, by a code`

const Until = ({ one, users }: { one: access.SupportAccess; users: AccessesProps['users'] }) => {
  if (one.isLive) {
    return (
      <>
        <Tag tone="orange">In now</Tag> until {showTime(one.endsAtMs)}
        <Form action={`/school/support/${one.id}/end`}>
          <Button kind="warning">
            End it now<span class="govuk-visually-hidden">: the access of {one.who}</span>
          </Button>
        </Form>
      </>
    )
  }
  if (one.endedAtMs === null || one.endedBy === null) return <>{showTime(one.endsAtMs)}</>
  const by = one.endedBy === one.operatorId ? one.who : (users.get(one.endedBy) ?? 'somebody')
  return (
    <>
      {showTime(one.endedAtMs)}, ended by {by}
    </>
  )
}

const Deeds = ({ one }: { one: access.SupportAccess }) => (
  <a class="govuk-link" href={`/school/trail?access=${one.id}`}>
    In the trail
    <span class="govuk-visually-hidden">
      : what {one.who} did at {levelOf(one.role)}
    </span>
  </a>
)
