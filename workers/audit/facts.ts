/** Ids, counts and kebab words that say more about what was done. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>
