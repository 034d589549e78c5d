import type { Child } from 'hono/jsx'
import * as access from '#access'
import { showTime } from '#kernel'
import * as schools from '#schools'
import { Button, ButtonLink, Form, SupportBanner } from '../../kit/index.ts'
import { may } from '../../may.ts'
import type { PersonVisit } from '../../route.ts'
import { levelOf } from '../../words/support.ts'

/** Banners shown at once; more are counted. */
const SHOWN = 3

/**
 * Above every page: for somebody of the operator, in whose area they are, and the way out; for those of a
 * school who may end it, who is in theirs. It costs a look-up only while somebody is in.
 */
export async function supportBanner(visit: PersonVisit): Promise<Child | undefined> {
  const { support, isVisited } = visit.standing
  if (support && visit.user.isSupport) return <Inside visit={visit} support={support} />
  if (support && visit.organisation.kind === 'operator') return wayBack(visit, support)
  if (isVisited && visit.organisation.kind === 'school') return guests(visit)
  return undefined
}

const Leave = () => (
  <Form action="/operator/support/end">
    <Button kind="secondary">Leave</Button>
  </Form>
)

type Access = access.SupportAccessRow

const Inside = ({ visit, support }: { visit: PersonVisit; support: Access }) => (
  <SupportBanner label="Support" action={<Leave />}>
    You are in {visit.organisation.name}’s area as support, at {levelOf(support.role)}, until{' '}
    {showTime(support.endsAtMs)}. Everything is recorded.
  </SupportBanner>
)

async function wayBack(visit: PersonVisit, support: Access): Promise<Child> {
  const customer = await schools.find(visit.directory, support.organisationId)
  return (
    <SupportBanner
      label="Support"
      action={
        <>
          <ButtonLink href="/school">Go back in</ButtonLink>
          <Leave />
        </>
      }
    >
      You are still let in to {customer?.name ?? 'a customer'}’s area, until{' '}
      {showTime(support.endsAtMs)}.
    </SupportBanner>
  )
}

async function guests(visit: PersonVisit): Promise<Child | undefined> {
  const { user, organisation, directory } = visit
  const actor = { kind: 'user', id: user.id } as const
  const school = await directory.school(organisation.id, actor)
  const isInCharge = may(user, 'see-support')
  const live = school ? await access.liveSupport(directory, school) : []
  const shown = live.filter(({ screenedBy }) => isInCharge || screenedBy === user.id)
  if (shown.length === 0) return undefined
  return (
    <>
      {shown.slice(0, SHOWN).map((one) => (
        <Guest one={one} isInCharge={isInCharge} />
      ))}
      {shown.length > SHOWN && <More count={shown.length - SHOWN} />}
    </>
  )
}

const Guest = ({ one, isInCharge }: { one: access.SupportAccess; isInCharge: boolean }) => (
  <SupportBanner
    label="Schoolgate support"
    action={
      <Form action={isInCharge ? `/school/support/${one.id}/end` : '/account/screening/end'}>
        <Button kind="secondary">
          End it now<span class="govuk-visually-hidden">: the access of {one.who}</span>
        </Button>
      </Form>
    }
  >
    Schoolgate support is in your school’s area: {one.who}, at {levelOf(one.role)}, since{' '}
    {showTime(one.startedAtMs)}. Why: “{one.reason}”
  </SupportBanner>
)

const More = ({ count }: { count: number }) => (
  <SupportBanner
    label="More of Schoolgate support"
    action={
      <a class="govuk-link" href="/school/support">
        See all of them
      </a>
    }
  >
    And {count} more.
  </SupportBanner>
)
