/** Splits a list into runs of at most `size`, for statements and queue batches that have limits. */
export function inBatches<T>(list: readonly T[], size: number): T[][] {
  const batches: T[][] = []
  for (let start = 0; start < list.length; start += size)
    batches.push(list.slice(start, start + size))
  return batches
}

/** Runs `act` over the list, at most `width` at a time, in order of start; results keep their place. */
export async function atMost<T, R>(
  width: number,
  list: readonly T[],
  act: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = Array.from({ length: list.length })
  let next = 0
  const lane = async () => {
    while (next < list.length) {
      const at = next++
      results[at] = await act(list[at] as T)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, lane))
  return results
}
