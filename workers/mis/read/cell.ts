import type { Rejected, RejectedReason } from '../records/roster.ts'
import { shortened } from './clean.ts'
import type { ContactField, PupilField } from './field.ts'

/** One value as it stands in the file: cleaned text that is not empty, and where it stands. */
export type Cell = { line: number; field: string; text: string }

/** What both kinds of file come to before their values are understood. */
export type RawPupil = {
  line: number
  cells: Partial<Record<PupilField | 'reference', Cell>>
  emails: Cell[]
  phones: Cell[]
  contacts: RawContact[]
  /** Names of classes and teaching groups. */
  groups?: Cell[]
}

export type RawContact = {
  line: number
  /** What the contact itself is called in the file: "Contact 2", "Contacts/Contact". */
  field: string
  cells: Partial<Record<ContactField, Cell>>
  emails: Cell[]
  phones: Cell[]
}

/** Where rejections go. */
export type Report = { rejected: Rejected[] }

export const MAX_NAME_CHARACTERS = 100

/** Says which cell was not taken, with line, field and value, and why. */
export function reject(
  report: Report,
  { line, field, text }: Cell,
  reason: RejectedReason,
  subject: Rejected['subject'] = 'field',
): void {
  report.rejected.push({ line, field, reason, subject, shown: shortened(text) })
}

export type Understood<Value> = { ok: true; value: Value } | { ok: false; reason: RejectedReason }

/** One optional value; null where there is none or where it was rejected. */
export function read<Value>(
  cell: Cell | undefined,
  understand: (text: string) => Understood<Value>,
  report: Report,
): Value | null {
  if (!cell) return null
  const understood = understand(cell.text)
  if (understood.ok) return understood.value
  reject(report, cell, understood.reason)
  return null
}

/** A name, group or other words of modest length, spelt as `spell` has it. */
export const words = (cell: Cell | undefined, report: Report, spell = (text: string) => text) =>
  read(
    cell,
    (text) => {
      const reason = nameProblem(text)
      return reason ? { ok: false, reason } : { ok: true, value: spell(text) }
    },
    report,
  )

/**
 * A leading = could run when a spreadsheet opens an export of ours (OWASP, CSV injection), and no
 * one is called that. Names that begin with + - or @ are kept: exports quote them.
 */
export function nameProblem(text: string): 'looks-like-a-formula' | 'too-long' | undefined {
  if (text.startsWith('=')) return 'looks-like-a-formula'
  return text.length > MAX_NAME_CHARACTERS ? 'too-long' : undefined
}
