/** Credit comes in by purchase, goes out with messages, and comes back for what could not be sent. */
export type CreditKind = 'bought' | 'spent' | 'returned'
