import { parseId, type ParcelId, type SchoolId, toBase64url } from '#kernel'

/** Whose parcel a provider speaks of: enough to go to its row without asking the directory. */
export type Address = { shard: number; school: SchoolId; parcel: ParcelId }

/** Makes and reads the references we give to providers, which they give back in receipts. */
export type References = {
  make(address: Address): Promise<string>
  /** Undefined where it is not one that we made. */
  read(reference: string): Promise<Address | undefined>
}

const MAC_BYTES = 10 // 80 bits: guessing one is hopeless, and the signature of the post is checked too
const MAX_LENGTH = 120
const encoder = new TextEncoder()

/** `shard.school.parcel.mac`, opaque ids with an HMAC-SHA-256 under the secret REFERENCE_KEY. */
export async function references(secret: string): Promise<References> {
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const macOf = async (text: string) => {
    const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(text))
    return toBase64url(new Uint8Array(mac, 0, MAC_BYTES))
  }

  return {
    make: async ({ shard, school, parcel }) => {
      const said = `${shard}.${bare(school)}.${bare(parcel)}`
      return `${said}.${await macOf(said)}`
    },
    read: async (reference) => {
      if (reference.length > MAX_LENGTH) return undefined
      const [shard, school, parcel, mac] = reference.split('.')
      const address = readAddress(shard, school, parcel)
      if (!address || !mac) return undefined
      return equal(mac, await macOf(`${shard}.${school}.${parcel}`)) ? address : undefined
    },
  }
}

const bare = (id: string) => id.slice(id.indexOf('_') + 1)

function readAddress(shard = '', school = '', parcel = ''): Address | undefined {
  const schoolId = parseId('organisation', `org_${school}`)
  const parcelId = parseId('parcel', `par_${parcel}`)
  if (!schoolId || !parcelId || !/^\d{1,4}$/.test(shard)) return undefined
  return { shard: Number(shard), school: schoolId, parcel: parcelId }
}

/** Compares without telling by its time where two texts part. */
function equal(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < Math.min(a.length, b.length); at++)
    difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}
