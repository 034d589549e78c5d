/** Gives the next number in [0, 1). */
export type Chance = () => number

/**
 * Chance that repeats under a seed, so that "5% fail" fails the same messages in the next run
 * (Mulberry32, by Tommy Ettinger, in the public domain).
 */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A new list in an order that chance decides (Fisher and Yates). */
export function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const order = [...list]
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1))
    const kept = order[last] as T
    order[last] = order[other] as T
    order[other] = kept
  }
  return order
}
