import { isRefusal, londonDay, parseId } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { contactName, firstName, fullName, type Pupil, scopes } from '#people'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import { Button, Form, Inset, Radios, Textarea, TextInput } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { addRefusals, scopeWords } from '../../words/people.ts'
import { givenBy, restrictionForm } from './restriction-form.ts'

/** A new restriction on one of a pupil's contacts. */
export const restrictions = schoolRoute(
  '/school/pupils/:pupil/restrictions',
  'change-restrictions',
  {
    get: async (visit) => {
      const id = parseId('pupil', visit.param('pupil'))
      const within = { yearGroups: visit.user.yearGroups }
      const found = id && (await people.viewPupil(visit.school, id, within))
      if (!found) return notFoundPage(visit)
      return show(
        visit,
        found,
        {},
        { owner: visit.user.name, start: londonDay(visit.school.clock.now()) },
      )
    },

    post: async (visit) => {
      const found = await pupilOf(visit)
      if (!found) return notFoundPage(visit)
      const read = await readForm(visit.c, restrictionForm)
      if (!read.ok) return show(visit, found, read.errors, read.typed)

      const given = givenBy(visit, found, read.value)
      if (!given) return show(visit, found, { contact: addRefusals['not-a-contact'] }, read.typed)
      const added = await messaging.restrict(visit.school, given)
      if (isRefusal(added)) {
        return show(
          visit,
          found,
          { [added.field ?? 'contact']: addRefusals[added.refused] },
          read.typed,
        )
      }
      return seeOther(visit, `/school/pupils/${found.id}`, 'restriction-added')
    },
  },
)

async function pupilOf({ school, user, param }: SchoolVisit): Promise<Pupil | undefined> {
  const id = parseId('pupil', param('pupil'))
  const found = id && (await people.find(school, id))
  return found && people.isWithin(found, user.yearGroups) ? found : undefined
}

function show(
  visit: SchoolVisit,
  found: Pupil,
  errors: FieldErrors,
  typed: Typed,
): Promise<Response> {
  const action = `/school/pupils/${found.id}/restrictions`
  return formPage(
    visit,
    {
      title: 'Add a restriction',
      caption: fullName(found.record),
      back: { href: `/school/pupils/${found.id}` },
      errors,
    },
    <>
      <Inset>
        From its start date the contact is left out of every message about the child, those already
        scheduled and emergencies too, and so is every number or address they share with somebody.
      </Inset>
      <Form action={action}>
        <Who found={found} errors={errors} typed={typed} />
        <Why errors={errors} typed={typed} />
        <Button>Add the restriction</Button>
      </Form>
    </>,
  )
}

type Fields = { errors: FieldErrors; typed: Typed }

const Who = ({ found, errors, typed }: Fields & { found: Pupil }) => (
  <>
    <Radios
      name="contact"
      label="Who must not be contacted?"
      labelSize="s"
      choices={found.contacts.map(({ id, record, relationship }) => ({
        value: id,
        text: contactName(record),
        hint: relationship ?? undefined,
      }))}
      value={typed.contact}
      error={errors.contact}
    />
    <Radios
      name="scope"
      label="What does it cover?"
      labelSize="s"
      choices={scopes.map((scope) => ({ value: scope, ...scopeWords[scope] }))}
      value={typed.scope}
      error={errors.scope}
    />
    <Radios
      name="about"
      label="About which children?"
      labelSize="s"
      choices={[
        { value: 'this-child', text: `${firstName(found.record)} only` },
        { value: 'every-child', text: 'Every child at this school' },
      ]}
      value={typed.about}
      error={errors.about}
    />
  </>
)

const Why = ({ errors, typed }: Fields) => (
  <>
    <Textarea
      name="reason"
      label="Why is there a restriction?"
      labelSize="s"
      hint="Seen only by those who may see restrictions"
      rows={3}
      value={typed.reason}
      error={errors.reason}
    />
    <TextInput
      name="evidence"
      label="Evidence (optional)"
      labelSize="s"
      hint="What was seen, and by whom: “Order of 3 March 2026, seen by Mrs Okafor”"
      value={typed.evidence}
      error={errors.evidence}
    />
    <TextInput
      name="owner"
      label="Who looks after it?"
      labelSize="s"
      value={typed.owner}
      error={errors.owner}
    />
    <TextInput
      name="start"
      type="date"
      width={10}
      label="Starts on"
      labelSize="s"
      hint="If it started earlier, enter that date"
      value={typed.start}
      error={errors.start}
    />
    <TextInput
      name="review"
      type="date"
      width={10}
      label="To be reviewed on (optional)"
      labelSize="s"
      hint="It holds after that date too, until somebody ends it"
      value={typed.review}
      error={errors.review}
    />
  </>
)
