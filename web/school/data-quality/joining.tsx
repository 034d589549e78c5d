import { z } from 'zod'
import { type ContactId, parseId } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { type Contact, contactName, type JoinRefusal } from '#people'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { readForm } from '../../form.ts'
import { Button, Form, Radios, Warning } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { joinRefusals } from '../../words/people.ts'
import { laidOn, type Pair, Record, WhatWillHold } from './joining-record.tsx'

const TITLE = 'Join two contacts'
const BACK = { href: '/school/data-quality#duplicates', text: 'Contact data to check' }

const form = z.object({ keep: z.string({ error: 'Choose which record stays' }) })

/** Two records that are one person: they are seen side by side before one becomes the other. */
export const contactJoining = schoolRoute(
  '/school/contacts/:contact/joining/:other',
  'mend-contacts',
  {
    get: async (visit) => {
      const ids = idsIn(visit)
      const mayBeOne = ids && (await people.areDuplicates(visit.school, ...ids))
      const pair = await pairOf(visit, mayBeOne ? people.viewContact : people.findContact)
      if (!pair) return notFoundPage(visit)
      return mayBeOne ? show(visit, pair) : refused(visit, 'not-duplicates')
    },

    post: async (visit) => {
      const pair = await pairOf(visit, people.findContact)
      if (!pair) return notFoundPage(visit)
      const read = await readForm(visit.c, form)
      const kept = pair.find(({ id }) => read.ok && id === read.value.keep)
      const gone = pair.find((one) => one !== kept)
      if (!(await people.areDuplicates(visit.school, pair[0].id, pair[1].id)))
        return refused(visit, 'not-duplicates')
      if (!kept || !gone) {
        const seen = await pairOf(visit, people.viewContact)
        return seen ? show(visit, seen, 'Choose which record stays') : notFoundPage(visit)
      }
      const refusal = await messaging.joinContacts(visit.school, kept.id, gone.id)
      if (refusal) return refused(visit, refusal.refused)
      return seeOther(visit, `/school/contacts/${kept.id}`, 'contacts-joined')
    },
  },
)

/** To look at them leaves a trail; to join them leaves one of its own. */
type Open = typeof people.viewContact

const idsIn = ({ param }: SchoolVisit): [ContactId, ContactId] | undefined => {
  const [one, other] = ['contact', 'other'].map((name) => parseId('contact', param(name)))
  return one && other && one !== other ? [one, other] : undefined
}

async function pairOf(visit: SchoolVisit, open: Open): Promise<Pair | undefined> {
  const { school, user } = visit
  const found = (idsIn(visit) ?? []).map((id) => open(school, id, { yearGroups: user.yearGroups }))
  const [one, other] = await Promise.all(found)
  const isSeen = ({ children }: Contact) =>
    user.yearGroups === null || children.some((child) => people.isWithin(child, user.yearGroups))
  return one && other && isSeen(one) && isSeen(other) ? [one, other] : undefined
}

/** Nobody is shown who cannot be joined: the page would be a way to look at anybody. */
const refused = (visit: SchoolVisit, because: JoinRefusal): Promise<Response> =>
  formPage(
    visit,
    {
      title: TITLE,
      back: BACK,
      errors: { form: joinRefusals[because] },
      status: 409,
    },
    <p class="govuk-body">Nothing was joined.</p>,
  )

async function show(visit: SchoolVisit, pair: Pair, error?: string): Promise<Response> {
  const laid = await laidOn(visit, pair)
  const [one, other] = pair
  return formPage(
    visit,
    { title: TITLE, back: BACK, errors: error ? { keep: error } : {}, isWide: true },
    <>
      <Record pair={pair} at={0} laid={laid} />
      <Record pair={pair} at={1} laid={laid} />
      <Warning>
        <WhatWillHold pair={pair} laid={laid} />
      </Warning>
      <p class="govuk-body">
        Your management information system still has two records. Imports take both for the one that
        stays here. Join them there too.
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
