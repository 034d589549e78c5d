import { z } from 'zod'
import { parseId } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { type Contact, contactName, fullName } from '#people'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { readForm } from '../../form.ts'
import { Button, Form, Radios, SummaryList, Warning } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { joinRefusals } from '../../words/people.ts'
import { Reached } from '../contacts/parts.tsx'

const form = z.object({ keep: z.string({ error: 'Choose which record stays' }) })

/** Two records that are one person: they are seen side by side before one becomes the other. */
export const contactJoining = schoolRoute(
  '/school/contacts/:contact/joining/:other',
  'mend-contacts',
  {
    get: async (visit) => {
      const pair = await pairOf(visit, people.viewContact)
      return pair ? show(visit, pair) : notFoundPage(visit)
    },

    post: async (visit) => {
      const pair = await pairOf(visit, people.findContact)
      if (!pair) return notFoundPage(visit)
      const read = await readForm(visit.c, form)
      const kept = pair.find(({ id }) => read.ok && id === read.value.keep)
      const gone = pair.find((one) => one !== kept)
      if (!kept || !gone) return show(visit, pair, 'Choose which record stays')
      const refusal = await messaging.joinContacts(visit.school, kept.id, gone.id)
      if (refusal) return show(visit, pair, joinRefusals[refusal.refused])
      return seeOther(visit, `/school/contacts/${kept.id}`, 'contacts-joined')
    },
  },
)

type Pair = readonly [Contact, Contact]
/** To look at them leaves a trail; to join them leaves one of its own. */
type Open = typeof people.viewContact

async function pairOf({ school, user, param }: SchoolVisit, open: Open): Promise<Pair | undefined> {
  const ids = ['contact', 'other'].map((name) => parseId('contact', param(name)))
  const [one, other] = await Promise.all(
    ids.map((id) => id && open(school, id, { yearGroups: user.yearGroups })),
  )
  const isOne = one && other && one.id !== other.id
  return isOne ? [one, other] : undefined
}

function show(visit: SchoolVisit, pair: Pair, error?: string): Promise<Response> {
  const [one, other] = pair
  return formPage(
    visit,
    {
      title: 'Join two contacts',
      back: { href: '/school/data-quality#duplicates', text: 'Contact data to check' },
      errors: error ? { keep: error } : {},
      isWide: true,
    },
    <>
      <Record contact={one} title={`First: ${contactName(one.record)}`} />
      <Record contact={other} title={`Second: ${contactName(other.record)}`} />
      <Warning>
        This cannot be undone. The record that stays has all the children, numbers, addresses,
        restrictions and messages of both. If either must not be contacted, both are not.
      </Warning>
      <p class="govuk-body">
        Join them in your management information system too, or the next import may bring the second
        record back.
      </p>
      <Form action={`/school/contacts/${one.id}/joining/${other.id}`}>
        <Radios
          name="keep"
          label="Which record stays?"
          labelSize="s"
          choices={[
            { value: one.id, text: `The first: ${contactName(one.record)}` },
            { value: other.id, text: `The second: ${contactName(other.record)}` },
          ]}
          error={error}
        />
        <Button kind="warning">Join the two</Button>
      </Form>
    </>,
  )
}

const Record = ({ contact, title }: { contact: Contact; title: string }) => (
  <SummaryList
    title={title}
    rows={[
      { key: 'Reached at', value: <Reached points={contact.points} /> },
      {
        key: 'Children',
        value:
          contact.children
            .map(({ record, relationship }) =>
              [fullName(record), relationship].filter(Boolean).join(', '),
            )
            .join('; ') || 'None',
      },
      { key: 'Language', value: contact.record.language ?? 'Not recorded' },
    ]}
  />
)
