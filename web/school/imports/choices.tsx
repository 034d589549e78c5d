import {
  Button,
  ButtonGroup,
  Checkbox,
  Form,
  Inset,
  NotificationBanner,
  Warning,
} from '../../kit/index.ts'
import { approvalWords, type Held, heldWords } from '../../words/import-pages.ts'
import {
  endsManyRestrictions,
  type HeldBecause,
  removesMany,
  removesManyContacts,
  removesManyPoints,
  removesManyRecords,
  removesManyStaff,
} from '#mis'
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
  removed: counts?.conduct?.removed ?? 0,
  here: counts?.conduct?.here ?? 0,
  ended: counts?.restrictions.ended ?? 0,
  orders: counts?.restrictions.here ?? 0,
  contactsLeaving: counts?.contacts.leaving ?? 0,
  contacts: counts?.contacts.here ?? 0,
  pointsEnded: counts?.points.ended ?? 0,
  points: counts?.points.here ?? 0,
  onRoll,
})

/** All of them: whoever approves one must not be kept from seeing the others. */
function reasonsOf({ imported: { counts, heldBecause }, pupilsOnRoll }: ImportFacts) {
  const reasons = new Set<HeldBecause>(heldBecause ? [heldBecause] : [])
  if (counts && heldBecause) {
    if (removesMany(counts, pupilsOnRoll)) reasons.add('removes-many-pupils')
    if (removesManyStaff(counts)) reasons.add('removes-many-staff')
    if (endsManyRestrictions(counts)) reasons.add('ends-many-restrictions')
    if (removesManyContacts(counts)) reasons.add('removes-many-contacts')
    if (removesManyPoints(counts)) reasons.add('removes-many-points')
    if (removesManyRecords(counts)) reasons.add('removes-many-records')
  }
  return [...reasons]
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
