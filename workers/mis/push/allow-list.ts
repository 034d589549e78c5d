import type { Product } from '#schools'
import type { AllowList } from './answers.ts'
import type { PushKind } from './wire.ts'

/**
 * What a school's subscriptions need, and so all that may leave it (PRODUCT 4.1, 5.2; UK GDPR Article
 * 5(1)(c)). The agent drops the rest before it seals; whatever comes all the same is cut as it is
 * read (`keep.ts`), and counted.
 */
export function allowListOf(products: readonly Product[]): AllowList {
  const kinds = kindsFor(products)
  const messages = products.some((product) => writes.includes(product))
  const has = (kind: PushKind) => kinds.includes(kind)
  const conduct = has('behaviour') || has('achievements') || has('detentions')
  return {
    kinds,
    fields: {
      pupil: has('roster') ? [...pupilFields, ...(messages ? groupFields : [])] : [],
      contact: messages ? contactFields : [],
      staff: has('staff') ? staffFields : [],
      mark: has('registers') ? markFields : [],
      conduct: conduct ? conductFields : [],
      consent: has('consents') ? consentFields : [],
    },
  }
}

export const kindsFor = (products: readonly Product[]): PushKind[] => [
  ...(products.length > 0 ? (['roster', 'staff', 'consents'] as const) : []),
  ...(products.some((product) => marked.includes(product)) ? (['registers'] as const) : []),
  ...(products.includes('our-schools-app')
    ? (['behaviour', 'achievements', 'detentions'] as const)
    : []),
]

/** Those that write to parents; the others know pupils only. */
const writes: readonly Product[] = ['call-parents', 'truancy-call', 'our-schools-app', 'payments']
/** Call Parents chooses by today's attendance (PRODUCT 6.1); the other two are about it. */
const marked: readonly Product[] = ['call-parents', 'truancy-call', 'our-schools-app']

const pupilFields = [
  'line',
  'key',
  'surname',
  'forename',
  'preferredForename',
  'dateOfBirth',
  'yearGroup',
  'registrationGroup',
]
const groupFields = [
  'middleNames',
  'gender',
  'house',
  'curriculumGroups',
  'phones',
  'emails',
  'contacts',
]
const contactFields = [
  'line',
  'title',
  'forename',
  'surname',
  'relationship',
  'priority',
  'hasParentalResponsibility',
  'language',
  'phones',
  'emails',
  'mayNotBeContacted',
  'wishes',
]
const staffFields = [
  'line',
  'reference',
  'title',
  'forename',
  'surname',
  'phones',
  'emails',
  'isCurrent',
]
const markFields = ['line', 'pupil', 'date', 'at', 'code', 'minutesLate']
const conductFields = [
  'line',
  'reference',
  'pupil',
  'kind',
  'date',
  'type',
  'points',
  'description',
]
const consentFields = ['line', 'pupil', 'contact', 'about', 'channel', 'isAllowed']
