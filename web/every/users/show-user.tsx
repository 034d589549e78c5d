import * as access from '#access'
import type { User } from '#access'
import { showDate, showShort } from '#kernel'
import { formPage } from '../../form-page.tsx'
import {
  Button,
  ButtonGroup,
  ButtonLink,
  Form,
  Inset,
  SummaryList,
  Warning,
} from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { roleNames } from '../../words/roles.ts'
import { userRefusals } from '../../words/users.ts'
import { leaversAmong } from './leavers.ts'
import { GrantNames, UserStateTag, yearWords } from './parts.tsx'
import { mayManage, userPath, usersPath } from './whose.ts'

/** The page of one user; with the reason, where something that was asked could not be done. */
export async function showUser(
  visit: SchoolVisit,
  user: User,
  refusal?: string,
): Promise<Response> {
  const { directory, school, organisation } = visit
  const [sessions, withFactor, [leaver]] = await Promise.all([
    access.countSessions(directory, school, user.id),
    access.withSecondFactor(directory, school),
    organisation.kind === 'school' ? leaversAmong(school, [user]) : [],
  ])
  const known = { user, sessions, hasFactor: withFactor.has(user.id) }
  return formPage(
    visit,
    {
      title: user.name,
      caption: 'User',
      back: { href: usersPath(visit) },
      errors: refusal === undefined ? {} : { form: refusal },
      status: 409,
    },
    <>
      {leaver && (
        <Warning>
          The staff list says that {user.name} left on {showDate(leaver.leftAtMs)}. If so, remove
          the account today.
        </Warning>
      )}
      <Facts visit={visit} {...known} />
      <Deeds visit={visit} {...known} />
    </>,
  )
}

type Known = { visit: SchoolVisit; user: User; sessions: number; hasFactor: boolean }

const Facts = ({ visit, user, sessions, hasFactor }: Known) => {
  const canChange = user.state !== 'removed' && user.id !== visit.user.id && mayManage(visit)
  const change = { text: 'Change', href: userPath(visit, user.id, '/role') }
  return (
    <SummaryList
      rows={[
        { key: 'E-mail address', value: user.email },
        { key: 'Account', value: <UserStateTag state={user.state} /> },
        {
          key: 'Role',
          value: roleNames[user.role],
          action: canChange ? { ...change, hidden: 'the role' } : undefined,
        },
        ...(visit.organisation.kind === 'school'
          ? [
              { key: 'Years', value: yearWords(user) },
              { key: 'Further permissions', value: <GrantNames grants={user.grants} /> },
            ]
          : []),
        { key: 'Two-step sign-in', value: factorWords(user, hasFactor) },
        { key: 'Signed in now', value: sessionWords(sessions) },
        {
          key: 'Last sign-in',
          value: user.lastSignInAtMs === null ? 'Never' : showShort(user.lastSignInAtMs),
        },
        { key: 'Password chosen', value: showDate(user.passwordChangedAtMs) },
        { key: 'Account since', value: showDate(user.createdAtMs) },
      ]}
    />
  )
}

function factorWords(user: User, hasFactor: boolean): string {
  if (hasFactor) return 'Set up'
  return access.mustHaveSecondFactor(user)
    ? 'Not set up: asked for at the next sign-in'
    : 'Not set up: this role does not need it'
}

function sessionWords(sessions: number): string {
  if (sessions === 0) return 'No'
  return sessions === 1 ? 'Yes, on one device' : `Yes, ${sessions} times`
}

const Deeds = ({ visit, user, sessions, hasFactor }: Known) => {
  if (user.state === 'removed')
    return <Inset>This account is removed. Nobody signs in to it.</Inset>
  if (user.id === visit.user.id) return <Inset>{userRefusals['own-account']}.</Inset>
  const to = (below: string) => userPath(visit, user.id, below)
  return (
    <>
      <h2 class="govuk-heading-m">Signing in</h2>
      <ButtonGroup>
        {sessions > 0 && (
          <Form action={to('/sessions')}>
            <Button kind="secondary">Sign out everywhere</Button>
          </Form>
        )}
        <ButtonLink kind="secondary" href={to('/password-change')}>
          Ask for a new password
        </ButtonLink>
        {hasFactor && (
          <ButtonLink kind="secondary" href={to('/factors')}>
            Reset two-step sign-in
          </ButtonLink>
        )}
      </ButtonGroup>
      <h2 class="govuk-heading-m">Closing the account</h2>
      <ButtonGroup>
        {user.state === 'suspended' && mayManage(visit) && (
          <Form action={to('/reinstatement')}>
            <Button kind="secondary">Reinstate</Button>
          </Form>
        )}
        {user.state !== 'suspended' && (
          <ButtonLink kind="secondary" href={to('/suspension')}>
            Suspend
          </ButtonLink>
        )}
        <ButtonLink kind="warning" href={to('/removal')}>
          Remove
        </ButtonLink>
      </ButtonGroup>
    </>
  )
}
