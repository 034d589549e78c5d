/** We were wrong. Names the broken promise and ids only: it ends in a log. */
export class BrokenInvariant extends Error {
  override name = 'BrokenInvariant'
}

/** Throws where a promise of ours does not hold. The message may hold ids, never a person's data. */
export function invariant(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new BrokenInvariant(promise)
}
