/** PRODUCT 2.2: what a customer may subscribe to, each by itself. */
export const products = [
  'call-parents',
  'truancy-call',
  'our-schools-app',
  'looked-after-call',
  'tell-by-text',
  'payments',
] as const

export type Product = (typeof products)[number]

/** What each kind of customer may subscribe to: Looked After Call is for authorities (PRODUCT 7.2). */
export const productsFor = {
  school: ['call-parents', 'truancy-call', 'our-schools-app', 'tell-by-text', 'payments'],
  authority: ['looked-after-call'],
  trust: [],
  operator: [],
} as const satisfies Record<string, readonly Product[]>
