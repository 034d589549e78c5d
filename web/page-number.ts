import type { Visit } from './route.ts'

/** Nobody turns further pages; a search or a filter finds what is there. */
const MAX_PAGES = 1_000

/** Which page of a long list the URL asks for, from 1; what is no such number is 1. */
export const pageNumber = ({ c }: Pick<Visit, 'c'>): number =>
  Math.min(Math.max(Math.trunc(Number(c.req.query('page'))) || 1, 1), MAX_PAGES)
