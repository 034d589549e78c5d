import { parseEmail, parsePhone } from '#kernel'
import { type Rejected, type RejectedReason, type RosterPhone } from '../records/roster.ts'
import type { PayloadRecord } from './payload.ts'

export type PointsChecked = { record: PayloadRecord; rejected: Rejected[] }

/**
 * Numbers and addresses of a record as the same parsers read them that read what people type: a premium-rate
 * number is never dialled (PRODUCT 10.2), whoever wrote the program that sent it. What an agent has read already
 * is read as itself; an entry that is not goes alone, and its person stays.
 */
export function checkPoints(record: PayloadRecord): PointsChecked {
  const rejected: Rejected[] = []
  if ('staff' in record)
    return { record: { staff: checked(record.staff, '', rejected, 'staff') }, rejected }
  if (!('pupil' in record)) return { record, rejected }
  const { contacts, ...pupil } = record.pupil
  const kept = contacts.map((each, at) => checked(each, `contact ${at + 1} `, rejected))
  return { record: { pupil: { ...checked(pupil, '', rejected), contacts: kept } }, rejected }
}

type Reached = { line: number; phones: RosterPhone[]; emails: string[] }

/** `whose` begins the names of fields: `contact 2 phone 1`. */
function checked<One extends Reached>(
  one: One,
  whose: string,
  rejected: Rejected[],
  of?: 'staff',
): One {
  const reject = (field: string, reason: RejectedReason) =>
    rejected.push({
      line: one.line,
      field: `${whose}${field}`,
      reason,
      subject: 'field',
      ...(of && { of }),
    })
  const phones = one.phones.flatMap(({ e164 }, at) => {
    const found = phoneIn(e164)
    if (typeof found !== 'string') return [found]
    reject(`phone ${at + 1}`, found)
    return []
  })
  const emails = one.emails.filter((email, at) => {
    const reason = emailProblem(email)
    if (reason) reject(`email ${at + 1}`, reason)
    return reason === undefined
  })
  return { ...one, phones, emails }
}

/** Of which kind it is, the number itself says. */
function phoneIn(e164: string): RosterPhone | RejectedReason {
  const reading = parsePhone(e164)
  if (reading.ok) return reading.phone.e164 === e164 ? { ...reading.phone } : 'not-as-agreed'
  return reading.reason === 'empty' ? 'not-as-agreed' : `phone-${reading.reason}`
}

function emailProblem(email: string): RejectedReason | undefined {
  const reading = parseEmail(email)
  if (reading.ok) return reading.email === email ? undefined : 'not-as-agreed'
  return reading.reason === 'empty' ? 'not-as-agreed' : `email-${reading.reason}`
}
