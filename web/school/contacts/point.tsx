import { z } from 'zod'
import { isRefusal, parseId, showDate } from '#kernel'
import * as mis from '#mis'
import * as people from '#people'
import { type Contact, contactName, type Point } from '#people'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { readForm } from '../../form.ts'
import { Button, Form, Inset, TextInput } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { roleNames } from '../../words/roles.ts'
import { failingWords, mendRefusals } from '../../words/people.ts'
import { pointText } from './parts.tsx'

const form = z.object({ value: z.string().catch('').default('') })

/** One number or address of a contact, to be corrected. */
export const point = schoolRoute('/school/contacts/:contact/points/:point', 'mend-contacts', {
  get: async (visit) => {
    const found = await foundBy(visit, people.viewContact)
    if (!found) return notFoundPage(visit)
    return show(visit, found, pointText(found.point.channel, found.point.value))
  },

  post: async (visit) => {
    const found = await foundBy(visit, people.findContact)
    if (!found) return notFoundPage(visit)
    const read = await readForm(visit.c, form)
    const typed = read.ok ? read.value.value : ''
    const answer = await people.mendPoint(visit.school, found.point.id, typed, (mending) =>
      mis.writeBacks.queued(visit.school, {
        kind: 'point',
        pointId: found.point.id,
        contactId: found.contact.id,
        ...mending,
        by: { name: visit.user.name, title: roleNames[visit.user.role] },
      }),
    )
    if (isRefusal(answer)) return show(visit, found, typed, mendRefusals[answer.refused])
    return seeOther(visit, `/school/contacts/${found.contact.id}`, `point-${answer}`)
  },
})

type Found = { contact: Contact; point: Point }

/** To look at it leaves a trail; to correct it leaves one of its own. */
type Open = typeof people.viewContact

async function foundBy(visit: SchoolVisit, open: Open): Promise<Found | undefined> {
  const { school, user, param } = visit
  const id = parseId('contact', param('contact'))
  const contact = id && (await open(school, id, { yearGroups: user.yearGroups }))
  const found = contact?.points.find((one) => one.id === param('point'))
  const isTheirs = contact?.children.some((child) => people.isWithin(child, user.yearGroups))
  if (!contact || !found || (user.yearGroups !== null && !isTheirs)) return undefined
  return { contact, point: found }
}

function show(visit: SchoolVisit, { contact, point: one }: Found, typed: string, error?: string) {
  const isEmail = one.channel === 'email'
  const label = isEmail ? 'E-mail address' : 'Telephone number'
  const title = `Correct ${isEmail ? 'an e-mail address' : 'a telephone number'}`
  const path = `/school/contacts/${contact.id}`
  return formPage(
    visit,
    {
      title,
      caption: contactName(contact.record),
      back: { href: path },
      errors: error ? { value: error } : {},
    },
    <>
      {one.failingSinceMs !== null && (
        <Inset>
          Not working since {showDate(one.failingSinceMs)}. {failingWords(one.failingBecause)}. If
          it is right all the same, leave it as it is and save it: it is then tried again.
        </Inset>
      )}
      <Form action={`${path}/points/${one.id}`}>
        <TextInput
          name="value"
          label={label}
          hint="The correction goes on the list for your management information system, too: until it is made there, an import may bring the old one back"
          type={isEmail ? 'email' : 'tel'}
          autocomplete="off"
          spellcheck={false}
          width={isEmail ? 30 : 20}
          value={typed}
          error={error}
        />
        <Button>Save</Button>
      </Form>
    </>,
  )
}
