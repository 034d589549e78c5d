import type { PushedConsent } from '../workers/mis/push/payload.ts'
import type { Roster, RosterContact } from '../workers/mis/records/roster.ts'
import { topicsOf } from '../workers/mis/read/tells.ts'

/**
 * What the export says about whom not to write to, and for what, without anything else of the people: small
 * enough to be sent many times a day, so that a court order holds within the hour. Undefined where the export
 * does not speak of it at all; else everybody is in it, so that a flag that was taken away is told too.
 */
export function consentsOf(
  roster: Roster,
  tells: readonly string[] = topicsOf(roster),
): PushedConsent[] | undefined {
  const told = new Set(roster.saysNoContact ? [...tells, 'no-contact'] : tells)
  if (!['no-contact', 'wishes', 'marketing'].some((topic) => told.has(topic))) return undefined
  return roster.pupils.flatMap(({ key, contacts }) =>
    contacts.flatMap((contact) => {
      const { line, title, forename, surname } = contact
      const about = { line, pupil: key, contact: { title, forename, surname } }
      return flagsOf(contact, told).map((flag) => ({ ...about, ...flag }))
    }),
  )
}

type Flag = Pick<PushedConsent, 'about' | 'channel' | 'isAllowed'>

/** Of marketing silence is said as a no: nobody has agreed by leaving a box empty. */
function flagsOf({ mayNotBeContacted, wishes = {} }: RosterContact, told: Set<string>): Flag[] {
  const { sms, email, marketing = false } = wishes
  const flag = (
    about: Flag['about'],
    channel: Flag['channel'],
    isAllowed: boolean | undefined,
  ): Flag[] => (isAllowed === undefined ? [] : [{ about, channel, isAllowed }])
  return [
    ...(told.has('no-contact') ? flag('no-contact', null, !mayNotBeContacted) : []),
    ...flag('non-essential', 'sms', sms),
    ...flag('non-essential', 'email', email),
    ...(told.has('marketing') ? flag('marketing', null, marketing) : []),
  ]
}
