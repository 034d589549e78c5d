import * as mis from '#mis'
import { countOf } from '../../words/import-pages.ts'

/** "Pupils: 12 added, 3 changed, 1 left": what is nothing is not said, and what has not happened yet is said as that. */
export function inShort(counts: mis.Counts, isDone: boolean): string {
  if (mis.changesNothing(counts)) return 'Nothing to change'
  const { pupils, contacts, staff, entries = 0, conduct, wishes } = counts
  const people = contacts.added + contacts.changed + contacts.leaving
  const employed = staff ? staff.added + staff.changed + staff.leaving : 0
  const wished = Object.values(wishes ?? {}).reduce((sum, count) => sum + count, 0)
  const said = [
    pupilsInShort(pupils, isDone),
    people > 0 && countOf(people, 'contact'),
    employed > 0 && countOf(employed, 'member of staff', 'members of staff'),
    entries > 0 && countOf(entries, 'entry', 'entries'),
    conduct &&
      conduct.removed > 0 &&
      `${countOf(conduct.removed, 'entry', 'entries')} ${isDone ? 'removed' : 'to remove'}`,
    wished > 0 && countOf(wished, 'wish', 'wishes'),
  ]
  return said.filter(Boolean).join('; ') || 'Restrictions only'
}

function pupilsInShort(pupils: mis.Counts['pupils'], isDone: boolean): string {
  const said: [number, string][] = [
    [pupils.added, isDone ? 'added' : 'would be added'],
    [pupils.changed, isDone ? 'changed' : 'would change'],
    [pupils.leaving, isDone ? 'left' : 'would leave'],
    [pupils.returning, isDone ? 'returned' : 'would return'],
  ]
  const parts = said.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return parts.length > 0 ? `Pupils: ${parts.join(', ')}` : ''
}
