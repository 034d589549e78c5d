import * as access from '#access'
import { showDate, showDateTime } from '#kernel'
import { PageHeading, SummaryList, type SummaryRow } from '../kit/index.ts'
import { page } from '../page.tsx'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { grantWords } from '../words/users.ts'
import { roleNames } from '../words/roles.ts'
import { ownArea } from './own.ts'
import { passwordDue } from './password-due.tsx'

/** Somebody's own account: who they are here, and what guards it. */
export const account = signedInRoute('/account', {
  get: async (visit) => {
    const { user } = visit.standing
    const school = await ownArea(visit)
    const [factors, sessions] = await Promise.all([
      access.factorsOf(visit.directory, school, user.id),
      access.sessionsOf(visit.directory, school, user.id),
    ])
    return page(
      visit,
      { title: 'Your account' },
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <PageHeading>Your account</PageHeading>
          <SummaryList title="You" rows={aboutYou(visit)} />
          <SummaryList
            title="What guards it"
            rows={[passwordRow(visit), factorRow(user, factors), sessionRow(sessions.length)]}
          />
          {visit.organisation.kind === 'school' && <LetSupportIn />}
        </div>
      </div>,
    )
  },
})

function aboutYou({ standing: { user }, organisation }: PersonVisit): SummaryRow[] {
  const { grants, yearGroups, lastSignInAtMs } = user
  return [
    { key: 'Name', value: user.name },
    { key: 'E-mail address', value: user.email },
    { key: 'Organisation', value: organisation.name },
    { key: 'Role', value: roleNames[user.role] },
    ...(grants.length > 0
      ? [{ key: 'Also', value: grants.map((grant) => grantWords[grant].text).join(', ') }]
      : []),
    ...(yearGroups ? [{ key: 'Year groups', value: yearGroups.join(', ') }] : []),
    ...(lastSignInAtMs ? [{ key: 'Last signed in', value: showDateTime(lastSignInAtMs) }] : []),
  ]
}

function passwordRow(visit: PersonVisit): SummaryRow {
  const dueAtMs = passwordDue(visit)
  const since = `Since ${showDate(visit.standing.user.passwordChangedAtMs)}`
  return {
    key: 'Password',
    value: dueAtMs ? `${since}. To be changed by ${showDate(dueAtMs)}` : since,
    action: { text: 'Change', href: '/account/password', hidden: 'your password' },
  }
}

const factorRow = (user: access.User, factors: access.Factors): SummaryRow => ({
  key: 'Second step',
  value: secondStep(user, factors),
  action: { text: 'Change', href: '/account/factors', hidden: 'your second step' },
})

function secondStep(user: access.User, { passkeys, app, recoveryCodesLeft }: access.Factors) {
  const has = [
    ...(passkeys.length > 0 ? [counted(passkeys.length, 'passkey', 'passkeys')] : []),
    ...(app ? ['an authenticator app'] : []),
  ]
  if (has.length === 0) {
    return access.mustHaveSecondFactor(user)
      ? 'None yet, and your role must have one'
      : 'None. Your role need not have one; it keeps others out all the same'
  }
  return `${capitalised(has.join(' and '))}; ${counted(recoveryCodesLeft, 'recovery code', 'recovery codes')} left`
}

const sessionRow = (sessions: number): SummaryRow => ({
  key: 'Signed in',
  value: sessions === 1 ? 'Here only' : `In ${sessions} places`,
  action: { text: 'Show', href: '/account/sessions', hidden: 'where you are signed in' },
})

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

const LetSupportIn = () => (
  <p class="govuk-body">
    Are you on the telephone with support, and do they need to see what you see?{' '}
    <a class="govuk-link" href="/account/screening">
      Let support in
    </a>
  </p>
)
