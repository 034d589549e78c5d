import { fieldParts, type FieldName, WISH_FIELDS } from './field.ts'
import { heading, headingWords, isOfPupil } from './heading.ts'
import type { ColumnMapping } from './mapping.ts'
import { WISH_WORDS } from './wish-synonyms.ts'

/**
 * Which wish of which contact a column says by its own heading, in a file whose other columns are known. What
 * suppliers call such columns nobody could tell us, so the general words count (`WISH_WORDS`). With several
 * contacts in a row it has to say by number whose it is: nobody looks at it each night, and one's yes is no
 * other's.
 */
export function wishColumn(header: string, known: readonly ColumnMapping[]): FieldName | undefined {
  const { words, group } = heading(header)
  const wish = WISH_FIELDS.find((each) => WISH_WORDS[each].includes(words))
  if (!wish || isOfPupil(header)) return undefined
  const there = namedContacts(known)
  const [only] = there.size === 1 ? there : []
  const whose = /\d/.test(headingWords(header)) ? group : only
  return whose !== undefined && there.has(whose) ? `contact-${whose}.${wish}` : undefined
}

/** Those whose name the file has: without one there is nobody who wishes. */
function namedContacts(known: readonly ColumnMapping[]): Set<number> {
  return new Set(
    known.flatMap(({ field }) => {
      const parts = fieldParts(field)
      const isName = parts?.field === 'surname' || parts?.field === 'full-name'
      return parts?.of === 'contact' && isName ? [parts.group] : []
    }),
  )
}
