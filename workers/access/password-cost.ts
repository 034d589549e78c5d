/** What one scrypt costs (RFC 7914): memory of 128 · N · r bytes, `p` times over. */
export type Cost = { readonly N: number; readonly r: number; readonly p: number }

/**
 * Of a new hash. OWASP's Password Storage Cheat Sheet holds N=2^14, r=8, p=5 equal to its larger
 * settings, at 16 MB of memory: a Worker has 128 MB for all the requests it is answering. A file of its
 * own, so that tests inside workerd can put a cheaper one in its place.
 */
export const COST: Cost = { N: 16_384, r: 8, p: 5 }
