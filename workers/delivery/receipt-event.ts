import type { ParcelId, SchoolId } from '#kernel'
import type { ParcelState } from './parcel.ts'
import type { Receipt } from './provider.ts'
import type { References } from './reference.ts'

/** A receipt on its way through a queue: ids, a state and a carrier's code. */
export type ReceiptEvent = {
  shard: number
  school: SchoolId
  parcel: ParcelId
  provider: string
  eventId: string
  providerMessageId: string
  state: ParcelState
  code: string | null
  atMs: number
}

/** Receipts of references that we made; any other is left out. */
export async function readEvents(
  references: References,
  provider: string,
  receipts: readonly Receipt[],
): Promise<ReceiptEvent[]> {
  const read = await Promise.all(
    receipts.map(async ({ reference, ...receipt }) => {
      const address = await references.read(reference)
      return address && { ...address, ...receipt, provider }
    }),
  )
  return read.filter((event) => event !== undefined)
}
