import type { PushedConsent } from '../workers/mis/push/payload.ts'
import type { Roster } from '../workers/mis/roster.ts'

/**
 * What the export says about whom not to write to, without anything else of the people: small enough to be
 * sent many times a day, so that a court order holds within the hour. Undefined where the export does not
 * speak of it at all; else everybody is in it, so that a flag that was taken away is told too.
 */
export function consentsOf(
  { pupils, saysNoContact }: Roster,
  tells: readonly string[] | undefined,
): PushedConsent[] | undefined {
  if (!saysNoContact && !tells?.includes('no-contact')) return undefined
  return pupils.flatMap(({ key, contacts }) =>
    contacts.map(({ line, title, forename, surname, mayNotBeContacted }) => ({
      line,
      pupil: key,
      contact: { title, forename, surname },
      about: 'no-contact' as const,
      channel: null,
      isAllowed: !mayNotBeContacted,
    })),
  )
}
