import type { Standing } from '#people'

/** What a message is for (PRODUCT 6.4). The same words as messaging's, which consent does not know. */
export type Category = 'emergency' | 'attendance' | 'operational' | 'engagement' | 'marketing'

export type ConsentFacts = {
  category: Category
  /** What restrictions make of this person about the child, or children, the message speaks of. */
  restriction: Standing
  /** The number or address also reaches somebody who is restricted about one of those children. */
  isNumberRestricted: boolean
  /** The number or address asked for no more than the essential. */
  isStopped: boolean
  hasMarketingConsent: boolean
}

export type Decision =
  | 'allowed'
  | 'restricted'
  | 'restriction-unreadable'
  | 'asked-to-stop'
  | 'no-marketing-consent'

/**
 * Whether a person may be sent a message, and if not by which rule. Every restriction leaves them
 * out of everything, an emergency included: what somebody types freely may say where the child is,
 * and nobody can check that it does not. STOP ends what is not essential (PRODUCT 6.4); marketing
 * needs consent given beforehand (PECR 2003, regulation 22).
 */
export function decide(facts: ConsentFacts): Decision {
  if (facts.restriction === 'unreadable') return 'restriction-unreadable'
  if (facts.restriction !== 'none' || facts.isNumberRestricted) return 'restricted'
  if (facts.isStopped && !isEssential(facts.category)) return 'asked-to-stop'
  if (facts.category === 'marketing' && !facts.hasMarketingConsent) return 'no-marketing-consent'
  return 'allowed'
}

/** Emergency and attendance reach people who said STOP, by at least one route. */
export const isEssential = (category: Category): boolean => essential.includes(category)

const essential: readonly Category[] = ['emergency', 'attendance']
