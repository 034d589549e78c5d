import { z } from 'zod'
import { isRefusal, parseId, showDate } from '#kernel'
import * as people from '#people'
import { contactName, type EndedBecause, fullName, type Restriction } from '#people'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { Button, Form, Radios, SummaryList, Warning } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { endedBecauseWords, endRefusals, scopeWords } from '../../words/people.ts'

const reasons = Object.keys(endedBecauseWords) as EndedBecause[]

const form = z.object({ because: z.enum(reasons, { error: 'Choose why the restriction ends' }) })

/** The end of a restriction that the school laid down; why is asked, and stands in the trail. */
export const restrictionEnd = schoolRoute(
  '/school/restrictions/:restriction/end',
  'change-restrictions',
  {
    isConfirmed: true,
    get: async (visit) => {
      const id = idIn(visit)
      const found = id && (await people.viewRestriction(visit.school, id))
      return found ? show(visit, found, {}) : notFoundPage(visit)
    },

    post: async (visit) => {
      const found = await restrictionOf(visit)
      if (!found) return notFoundPage(visit)
      const read = await readForm(visit.c, form)
      if (!read.ok) return show(visit, found, read.errors)

      const refusal = await people.endRestriction(visit.school, found.id, read.value.because)
      if (isRefusal(refusal)) return show(visit, found, { because: endRefusals[refusal.refused] })
      return seeOther(visit, pathOf(found), 'restriction-ended')
    },
  },
)

const idIn = ({ param }: SchoolVisit) => parseId('restriction', param('restriction'))

async function restrictionOf(visit: SchoolVisit): Promise<Restriction | undefined> {
  const id = idIn(visit)
  const found = id && (await people.findRestriction(visit.school, id))
  return found && found.endedAtMs === null ? found : undefined
}

const pathOf = ({ pupilId, contactId }: Restriction): string =>
  pupilId === null ? `/school/contacts/${contactId}` : `/school/pupils/${pupilId}`

async function show(
  visit: SchoolVisit,
  found: Restriction,
  errors: FieldErrors,
): Promise<Response> {
  const { who, about } = await names(visit, found)
  return formPage(
    visit,
    { title: 'End a restriction', caption: who, back: { href: pathOf(found) }, errors },
    <>
      <SummaryList
        rows={[
          { key: 'Who', value: who },
          { key: 'What', value: scopeWords[found.scope]?.text ?? 'Cannot be read' },
          { key: 'About', value: about },
          { key: 'Why', value: found.record?.reason ?? 'Cannot be read' },
          ...(found.standing === 'unreadable'
            ? []
            : [{ key: 'Since', value: showDate(found.startsAtMs) }]),
        ]}
      />
      <Warning>
        Once it has ended, {who} is sent messages again, those already scheduled too, unless another
        restriction holds.
      </Warning>
      <Form action={`/school/restrictions/${found.id}/end`}>
        <Radios
          name="because"
          label="Why does it end?"
          labelSize="s"
          choices={reasons.map((value) => ({ value, text: endedBecauseWords[value] }))}
          error={errors.because}
        />
        <Button kind="warning">End the restriction</Button>
      </Form>
    </>,
  )
}

async function names({ school }: SchoolVisit, { contactId, pupilId }: Restriction) {
  const [contacts, pupils] = await Promise.all([
    people.contactRecords(school, [contactId]),
    people.pupilRecords(school, pupilId === null ? [] : [pupilId]),
  ])
  const contact = contacts.get(contactId)
  const pupil = pupilId === null ? undefined : pupils.get(pupilId)
  return {
    who: contact ? contactName(contact) : 'A contact',
    about: pupilId === null ? 'Every child at this school' : pupil ? fullName(pupil) : 'A pupil',
  }
}
