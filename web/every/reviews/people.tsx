import * as access from '#access'
import { showShort } from '#kernel'
import { Button, Empty, Form, Table, Tag } from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { roleNames } from '../../words/roles.ts'
import { decisionWords, grantsOf, yearsOf } from '../../words/reviews.ts'
import { reviewPath } from './review-of.ts'

type Shown = { visit: SchoolVisit; view: access.ReviewView }

/** Everybody whom the review is about, those without a decision first. */
export const People = ({ visit, view }: Shown) => (
  <Table
    id="people"
    caption="People with access"
    columns={[
      { head: 'Name', cell: ({ user }: access.Reviewed) => user.name },
      { head: 'Access', cell: ({ user }) => <LevelText level={user} /> },
      { head: 'Last sign-in', cell: ({ user }) => lastSignIn(user) },
      { head: 'Two-step sign-in', cell: (one) => (one.hasSecondFactor ? 'Yes' : 'No') },
      { head: 'Decision', cell: (one) => <Decision visit={visit} view={view} one={one} /> },
    ]}
    rows={view.people.toSorted((one, other) => Number(one.isSettled) - Number(other.isSettled))}
    empty={<Empty heading="Nobody has access">Nobody can sign in here any more.</Empty>}
  />
)

/** "Basic User", "with Attendance", "Year 3, Year 4 only": each on a line. */
export const LevelText = ({ level }: { level: access.Level }) => (
  <>
    {roleNames[level.role]}
    {[grantsOf(level) && `with ${grantsOf(level)}`, yearsOf(level)].map(
      (text) =>
        text && (
          <>
            <br />
            {text}
          </>
        ),
    )}
  </>
)

export const lastSignIn = ({ lastSignInAtMs }: access.User): string =>
  lastSignInAtMs === null ? 'Never' : showShort(lastSignInAtMs)

const Decision = ({ visit, view, one }: Shown & { one: access.Reviewed }) => {
  const { user, line, isSettled, isForAnother } = one
  const closed = user.state !== 'active'
  if (isSettled && line) {
    const { text, tone } = decisionWords[line.decision]
    return (
      <>
        <Tag tone={tone}>{text}</Tag> by {view.names.get(line.decidedBy) ?? 'somebody who has left'}
        {!closed && !isForAnother && (
          <Otherwise visit={visit} view={view} user={user} text="Change" />
        )}
      </>
    )
  }
  if (isForAnother) return <>For somebody else in charge: this is you</>
  return (
    <>
      {line && <p class="govuk-body">Changed since it was decided</p>}
      <Form
        action={reviewPath(visit, view.review, '/sign-offs')}
        hidden={{ user: user.id, seen: access.levelText(user) }}
      >
        <Button kind="secondary">
          Keep<span class="govuk-visually-hidden"> the access of {user.name} as it is</span>
        </Button>
      </Form>
      <Otherwise
        visit={visit}
        view={view}
        user={user}
        text={user.id === visit.user.id ? 'Keep with a note' : 'Decide otherwise'}
      />
    </>
  )
}

const Otherwise = (props: Shown & { user: access.User; text: string }) => (
  <div>
    <a
      class="govuk-link"
      href={reviewPath(props.visit, props.view.review, `/users/${props.user.id}`)}
    >
      {props.text}
      <span class="govuk-visually-hidden"> for {props.user.name}</span>
    </a>
  </div>
)
