import { hasExpired, type Invitation } from '#access'
import { showShort } from '#kernel'
import { Button, ButtonGroup, ButtonLink, Form, Table, Tag } from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { roleNames } from '../../words/roles.ts'
import { entitledAs } from './parts.tsx'
import { invitationPath, mayManage } from './whose.ts'

/** Who was asked and has not answered, with what can be done about it. */
export function invitationTable(visit: SchoolVisit, invitations: readonly Invitation[]) {
  const nowMs = visit.directory.clock.now()
  return (
    <Table
      caption="Invitations without an answer"
      columns={[
        { head: 'Name', cell: ({ name }) => name },
        { head: 'E-mail address', cell: ({ email }) => email },
        { head: 'Role', cell: (one) => entitledAs(one, roleNames) },
        {
          head: 'Works until',
          cell: (one) =>
            hasExpired(one, nowMs) ? <Tag tone="red">Expired</Tag> : showShort(one.expiresAtMs),
        },
        { head: 'What to do', cell: (one) => <Choices visit={visit} invitation={one} /> },
      ]}
      rows={invitations}
      empty={<p class="govuk-body">No invitation waits for an answer.</p>}
    />
  )
}

const Choices = ({ visit, invitation }: { visit: SchoolVisit; invitation: Invitation }) => (
  <ButtonGroup>
    {mayManage(visit) && (
      <Form action={invitationPath(visit, invitation, '/resending')}>
        <Button kind="secondary">
          Send again<span class="govuk-visually-hidden"> to {invitation.name}</span>
        </Button>
      </Form>
    )}
    <ButtonLink kind="secondary" href={invitationPath(visit, invitation, '/withdrawal')}>
      Withdraw<span class="govuk-visually-hidden"> the invitation of {invitation.name}</span>
    </ButtonLink>
  </ButtonGroup>
)
