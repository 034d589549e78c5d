import * as access from '#access'
import type { User } from '#access'
import * as audit from '#audit'
import { showShort, type UserId } from '#kernel'
import {
  ButtonLink,
  type Column,
  Details,
  Empty,
  PageHeading,
  Table,
  Tag,
} from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { roleNames } from '../../words/roles.ts'
import { invitationTable } from './invitation-table.tsx'
import { leaversAmong, leaversById } from './leavers.ts'
import { LeaversWarning } from './leavers-warning.tsx'
import { entitledAs, UserStateTag, yearWords } from './parts.tsx'
import { mayManage, userPath, usersPath } from './whose.ts'

/** Who may sign in, who was asked to, and who should no longer be able to. */
export const users = everyArea('/users', 'end-access', {
  get: async (visit) => {
    const { directory, school, organisation } = visit
    const [all, invitations, withFactor] = await Promise.all([
      access.list(directory, school),
      access.listInvitations(directory, school),
      access.withSecondFactor(directory, school),
    ])
    const leavers = organisation.kind === 'school' ? await leaversAmong(school, all) : []
    await audit.listed(school, 'users.listed', { users: all.length })
    const removed = all.filter(({ state }) => state === 'removed')
    return page(
      visit,
      { title: 'Users' },
      <>
        <PageHeading
          actions={
            mayManage(visit) && (
              <ButtonLink href={usersPath(visit, '/new')}>Invite a user</ButtonLink>
            )
          }
        >
          Users
        </PageHeading>
        <LeaversWarning leavers={leavers} href={(id) => userPath(visit, id)} />
        <Table
          caption="People with an account"
          columns={columnsFor(visit, withFactor, leaversById(leavers))}
          rows={all.filter(({ state }) => state === 'active' || state === 'suspended')}
          empty={
            <Empty heading="Nobody has an account yet">
              Whoever is invited appears here once they have chosen a password.
            </Empty>
          }
        />
        {invitationTable(visit, invitations)}
        {removed.length > 0 && <Removed visit={visit} removed={removed} />}
      </>,
    )
  },
})

function columnsFor(
  visit: SchoolVisit,
  withFactor: ReadonlySet<UserId>,
  leftAtMs: ReadonlyMap<UserId, number>,
): Column<User>[] {
  const years: Column<User> = { head: 'Years', cell: yearWords }
  return [
    { head: 'Name', cell: (one) => <UserLink visit={visit} user={one} /> },
    { head: 'Role', cell: (one) => entitledAs(one, roleNames) },
    ...(visit.organisation.kind === 'school' ? [years] : []),
    {
      head: 'Last sign-in',
      cell: ({ lastSignInAtMs }) => (lastSignInAtMs === null ? 'Never' : showShort(lastSignInAtMs)),
    },
    { head: 'Two-step sign-in', cell: ({ id }) => (withFactor.has(id) ? 'Yes' : 'No') },
    {
      head: 'Account',
      cell: ({ id, state }) =>
        leftAtMs.has(id) ? <Tag tone="red">Has left</Tag> : <UserStateTag state={state} />,
    },
  ]
}

const UserLink = ({ visit, user }: { visit: SchoolVisit; user: User }) => (
  <>
    <a class="govuk-link" href={userPath(visit, user.id)}>
      {user.name}
    </a>
    {user.id === visit.user.id && ' (you)'}
  </>
)

const Removed = ({ visit, removed }: { visit: SchoolVisit; removed: readonly User[] }) => (
  <Details summary={`Removed accounts (${removed.length})`}>
    <ul class="govuk-list">
      {removed.map((one) => (
        <li>
          <UserLink visit={visit} user={one} />
        </li>
      ))}
    </ul>
  </Details>
)
