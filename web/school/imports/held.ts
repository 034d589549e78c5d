import * as mis from '#mis'
import type { Held } from '../../words/held-imports.ts'
import type { ImportFacts } from './import-facts.ts'

/** What the sentences about a held import count and name. */
export function heldFacts({ imported: { counts, feed, record } }: ImportFacts): Held {
  const { pupils, contacts, points, restrictions, staff, conduct } = counts ?? mis.noCounts()
  const { school, known, knownName, ourName } = record
  return {
    leaving: pupils.leaving,
    onRoll: pupils.here,
    dropped: restrictions.dropped,
    staffLeaving: staff?.leaving ?? 0,
    removed: conduct?.removed ?? 0,
    here: conduct?.here ?? 0,
    ended: restrictions.ended,
    orders: restrictions.here,
    contactsLeaving: contacts.leaving,
    contacts: contacts.here,
    pointsEnded: points.ended,
    points: points.here,
    feed,
    school: {
      isByNumber: school !== null && mis.numbersDecide(school, known),
      name: school?.name ?? null,
      number: school ? numberIn(school) : '',
      ours: ourName,
      before: knownName?.name ?? null,
    },
  }
}

/** All of them: whoever approves one must not be kept from seeing the others. */
export function reasonsOf({ imported, report }: ImportFacts): mis.HeldBecause[] {
  const { counts, heldBecause, record } = imported
  if (!counts || !heldBecause) return heldBecause ? [heldBecause] : []
  const holds: Partial<Record<mis.HeldBecause, boolean>> = {
    'another-school': mis.isAnotherSchool(record.school, record),
    'dated-ahead': Boolean(report?.doubtful?.ahead.first.length),
    'contradicts-itself': Boolean(report?.doubtful?.contradictions.first.length),
    'removes-many-pupils': mis.removesMany(counts),
    'removes-many-staff': mis.removesManyStaff(counts),
    'ends-many-restrictions': mis.endsManyRestrictions(counts),
    'removes-many-contacts': mis.removesManyContacts(counts),
    'removes-many-points': mis.removesManyPoints(counts),
    'removes-many-records': mis.removesManyRecords(counts),
  }
  const others = (Object.keys(holds) as mis.HeldBecause[]).filter((reason) => holds[reason])
  return [...new Set([heldBecause, ...others])]
}

/** The numbers of the Department for Education, as they are written: 933/4012. */
export const numberIn = ({
  laCode,
  establishment,
}: Pick<mis.KnownSchool, 'laCode' | 'establishment'>): string =>
  [laCode, establishment].filter(Boolean).join('/')
