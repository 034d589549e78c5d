import {
  Button,
  ButtonGroup,
  ButtonLink,
  Checkbox,
  Form,
  Inset,
  NotificationBanner,
  Warning,
} from '../../kit/index.ts'
import { approvalWords, heldWords } from '../../words/held-imports.ts'
import { Doubts } from './doubts.tsx'
import { heldFacts, reasonsOf } from './held.ts'
import type { ImportFacts } from './import-facts.ts'
import { importPath } from './import-of.ts'

type Props = { facts: ImportFacts }

/** Apply it, or forget it. */
export const Choices = ({ facts }: Props) => (
  <>
    <Aside facts={facts} />
    <p class="govuk-body">
      Nothing has been changed yet. When you apply this import, all of it takes effect at once.
    </p>
    <ButtonGroup>
      <Form action={importPath(facts.imported, '/applied')}>
        <Button>Apply this import</Button>
      </Form>
      <Discard facts={facts} />
    </ButtonGroup>
    <p class="govuk-hint">A file of a whole school takes a few seconds.</p>
    <Mapped facts={facts} />
    <Since facts={facts} />
  </>
)

/** The file says nothing new. Finishing writes down that it was looked at, and nothing else. */
export const Finish = ({ facts }: Props) => (
  <>
    <Inset>
      <strong>Nothing to change.</strong> Everything that the file says is known already.
    </Inset>
    <ButtonGroup>
      <Form action={importPath(facts.imported, '/applied')}>
        <Button>Finish</Button>
      </Form>
      <Discard facts={facts} />
    </ButtonGroup>
  </>
)

/** What it would undo is so grave that somebody has to say, under their name, that it is so. */
export const Approval = ({ facts, error }: Props & { error: string | undefined }) => {
  const held = heldFacts(facts)
  const reasons = reasonsOf(facts)
  return (
    <>
      <Aside facts={facts} />
      {reasons.map((because) => (
        <Warning>{heldWords[because](held)}</Warning>
      ))}
      <Dropped facts={facts} />
      <Doubts facts={facts} />
      <Since facts={facts} />
      <Form action={importPath(facts.imported, '/approval')}>
        <Checkbox
          name="confirmed"
          label={reasons.map((because) => approvalWords[because](held)).join('. ')}
          hint="Your name is kept with this approval"
          error={error}
        />
        <Button>Approve, then apply on the next page</Button>
      </Form>
      <Discard facts={facts} />
    </>
  )
}

const Dropped = ({ facts: { report } }: Props) =>
  report && report.droppedContacts.length > 0 ? (
    <ul class="govuk-list govuk-list--bullet">
      {report.droppedContacts.map(({ pupil, contact }) => (
        <li class="sg-typed">
          {contact}, contact of {pupil}
        </li>
      ))}
    </ul>
  ) : null

export const Discard = ({ facts }: Props) => (
  <ButtonLink href={importPath(facts.imported, '/discarded')} kind="secondary">
    Discard it
  </ButtonLink>
)

/** What somebody may not think of: who has parental responsibility decides who is written to. */
const Aside = ({ facts: { report } }: Props) =>
  report && !report.tellsResponsibility ? (
    <NotificationBanner kind="important">
      <p class="govuk-body">
        The file does not say who has parental responsibility. New contacts are taken to have none,
        so messages to “those with parental responsibility” do not reach them.
      </p>
    </NotificationBanner>
  ) : null

/** The numbers on this page are of when it was compared; applying compares anew. */
const Since = ({ facts: { imported, pupilsOnRoll } }: Props) => {
  const then = imported.counts?.pupils.here ?? 0
  return imported.data !== 'roster' || then === pupilsOnRoll ? null : (
    <p class="govuk-body">
      Since this was compared, the number of pupils on roll has changed from{' '}
      {then.toLocaleString('en-GB')} to {pupilsOnRoll.toLocaleString('en-GB')}. It is compared again
      when you apply it, and you are asked again if something else would change.
    </p>
  )
}

/** The file itself is gone by now, so it cannot be matched anew. */
const Mapped = ({ facts: { imported } }: Props) =>
  imported.mappingId === null ? null : (
    <p class="govuk-body">
      If a column was matched wrongly, discard this import,{' '}
      <a class="govuk-link" href={`/school/mappings/${imported.mappingId}`}>
        put the mapping right
      </a>{' '}
      and upload the file again.
    </p>
  )
