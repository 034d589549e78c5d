import {
  Button,
  ButtonGroup,
  Checkbox,
  Form,
  Inset,
  NotificationBanner,
  Warning,
} from '../../kit/index.ts'
import { approvalWords, type Held, heldWords } from '../../words-import-pages.ts'
import { type HeldBecause, removesMany } from '#mis'
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
  const held = heldCounts(facts)
  const reasons = reasonsOf(facts)
  return (
    <>
      <Aside facts={facts} />
      {reasons.map((because) => (
        <Warning>{heldWords[because](held)}</Warning>
      ))}
      <Dropped facts={facts} />
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

const heldCounts = ({ imported: { counts }, pupilsOnRoll: onRoll }: ImportFacts): Held => ({
  leaving: counts?.pupils.leaving ?? 0,
  dropped: counts?.restrictions.dropped ?? 0,
  staffLeaving: counts?.staff?.leaving ?? 0,
  onRoll,
})

/** All of them: whoever approves one must not be kept from seeing the other. */
function reasonsOf({ imported: { counts, heldBecause }, pupilsOnRoll }: ImportFacts) {
  const reasons: HeldBecause[] = heldBecause ? [heldBecause] : []
  const isMany = counts !== null && removesMany(counts, pupilsOnRoll)
  if (isMany && heldBecause !== null && heldBecause !== 'removes-many-pupils')
    reasons.push('removes-many-pupils')
  return reasons
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

const Discard = ({ facts }: Props) => (
  <Form action={importPath(facts.imported, '/discarded')}>
    <Button kind="secondary">Discard it</Button>
  </Form>
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
