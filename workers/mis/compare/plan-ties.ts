import { newId } from '#kernel'
import type { RelationshipId } from '#people'
import type { FilePupil, FileTie } from './file-people.ts'
import type { Known, KnownTie } from './known.ts'
import type { Change, PlannedWrites } from './plan.ts'
import type { Topic } from '../read/tells.ts'

/** "Mother", by relationship; what is on the roll now. */
export type Words = ReadonlyMap<RelationshipId, string | null>

/** `endsTies`: it lists all of this pupil's contacts, so that who is missing answers for them no more. */
export type TieTerms = {
  words: Words
  tells: ReadonlySet<Topic>
  endsTies: boolean
  nowMs: number
}

/** Who answers for a pupil, brought to what the file says. */
export function planTies(
  known: Known,
  { id: pupilId, ties }: FilePupil,
  { words, tells, endsTies, nowMs }: TieTerms,
  writes: PlannedWrites,
): Change[] {
  const before = known.tiesOf.get(pupilId) ?? []
  const changes: Change[] = []
  for (const tie of ties) {
    const contactId = tie.contact.id
    const had = before.find((each) => each.contactId === contactId)
    const has = overlaid(tie, had, words, tells)
    const found = had ? differences(had, words.get(had.id) ?? null, has) : [added()]
    if (found.length === 0) continue
    changes.push(...found.map((change) => ({ ...change, contactId })))
    writes.ties.push({ id: had?.id ?? newId('relationship', nowMs), pupilId, contactId, ...has })
  }
  for (const had of endsTies ? before : []) {
    if (ties.some((tie) => tie.contact.id === had.contactId)) continue
    writes.tiesEnded.push(had.id)
    changes.push({ field: 'contact', contactId: had.contactId, from: 'on-the-roll', to: null })
  }
  return changes
}

type Standing = {
  relationship: string | null
  priority: number | null
  hasParentalResponsibility: boolean
}

/** Nobody has parental responsibility because a file does not say that they have none. */
function overlaid(
  tie: FileTie,
  had: KnownTie | undefined,
  words: Words,
  tells: ReadonlySet<Topic>,
): Standing {
  const word = had ? (words.get(had.id) ?? null) : null
  return {
    relationship: tells.has('relationship') ? tie.relationship : word,
    priority: tells.has('priority') ? tie.priority : (had?.priority ?? null),
    hasParentalResponsibility: tells.has('parental-responsibility')
      ? (tie.hasParentalResponsibility ?? false)
      : (had?.hasParentalResponsibility ?? false),
  }
}

const added = (): Change => ({ field: 'contact', from: null, to: 'in-the-file' })

function differences(had: KnownTie, word: string | null, has: Standing): Change[] {
  const changes: Change[] = []
  if (word !== has.relationship) {
    changes.push({ field: 'relationship', from: word, to: has.relationship })
  }
  if (had.priority !== has.priority) {
    changes.push({ field: 'priority', from: shown(had.priority), to: shown(has.priority) })
  }
  if (had.hasParentalResponsibility !== has.hasParentalResponsibility) {
    const [from, to] = [had.hasParentalResponsibility, has.hasParentalResponsibility].map(yesNo)
    changes.push({ field: 'parental-responsibility', from: from ?? null, to: to ?? null })
  }
  return changes
}

const shown = (priority: number | null): string | null =>
  priority === null ? null : String(priority)
const yesNo = (value: boolean): string => (value ? 'Yes' : 'No')
