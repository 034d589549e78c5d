import { z } from 'zod'
import { type ContactId, parseId, parseIsoDate, parseUkDate, startOfDay, londonDay } from '#kernel'
import { type Pupil, type RestrictionGiven, scopes } from '#people'
import type { SchoolVisit } from '../../route.ts'

const LONGEST = 2_000

const line = z.string().trim().max(LONGEST, `Write at most ${LONGEST} characters`)
const optional = line.transform((text) => (text === '' ? null : text))

/** A day as the browser's own field sends it, or as people write it; null where nothing is typed. */
const day = (wrong: string) =>
  z.string().transform((typed, context) => {
    if (typed.trim() === '') return null
    const iso = parseIsoDate(typed)
    const read = iso.ok ? iso : parseUkDate(typed)
    if (read.ok) return read.date
    context.addIssue({ code: 'custom', message: wrong })
    return z.NEVER
  })

/** What the form of a new restriction asks for, with the sentence for each answer that is missing. */
export const restrictionForm = z.object({
  contact: z.string({ error: 'Choose who must not be contacted' }),
  scope: z.enum(scopes, { error: 'Choose what the restriction covers' }),
  about: z.enum(['this-child', 'every-child'], { error: 'Choose which children it is about' }),
  reason: line.min(1, 'Say why there is a restriction'),
  evidence: optional,
  owner: line.min(1, 'Say who looks after it'),
  start: day('Enter a start date, like 23/11/2026'),
  review: day('Enter a review date, like 23/11/2027'),
})

/** What was asked for, for people to judge; undefined where the contact is not one of this pupil's. */
export function givenBy(
  { school }: SchoolVisit,
  pupil: Pupil,
  typed: z.infer<typeof restrictionForm>,
): RestrictionGiven | undefined {
  const contactId = parseId('contact', typed.contact)
  if (!contactId || !isContact(pupil, contactId)) return undefined
  const nowMs = school.clock.now()
  const isToday = typed.start === null || typed.start === londonDay(nowMs)
  return {
    contactId,
    pupilId: typed.about === 'every-child' ? null : pupil.id,
    scope: typed.scope,
    record: { reason: typed.reason, evidence: typed.evidence, owner: typed.owner },
    startsAtMs: isToday ? nowMs : startOfDay(typed.start ?? londonDay(nowMs)),
    reviewAtMs: typed.review === null ? null : startOfDay(typed.review),
  }
}

const isContact = ({ contacts }: Pupil, id: ContactId): boolean =>
  contacts.some((contact) => contact.id === id)
