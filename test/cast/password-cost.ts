import type { Cost } from '#workers/access/password-cost.ts'

/**
 * What stands for `workers/access/password-cost.ts` inside workerd (vitest.config.ts): a fifth of the
 * real one, which was two fifths of all that those tests cost. Still more than all else that signing in
 * does, so that a hash left out shows in the time it takes. The real one has `password.test.ts`.
 */
export const COST: Cost = { N: 8_192, r: 8, p: 2 }
