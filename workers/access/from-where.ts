import type { FromWhere, School } from '#shards'
import { networkOf } from './throttle.ts'

/** Where a request came from, as the platform says it. */
export type Caller = {
  /** The network address. */
  readonly address: string
  /** Two letters (ISO 3166-1); undefined where the platform does not know. */
  readonly country: string | undefined
}

/** 48 bits: two networks of one school's people do not meet by chance. */
const SHOWN_CHARACTERS = 8

/**
 * From where somebody acts, in a way that may stay in the trail for six years: the country, and a
 * pseudonym of the network under the school's own key. The same network has the same one, so a
 * sign-in from elsewhere shows; the address cannot be worked out of it without the key, and when the
 * key goes nobody can (docs/decisions/0013).
 */
export async function fromWhere(school: School, { address, country }: Caller): Promise<FromWhere> {
  const network = await school.fingerprint('network', networkOf(address))
  const known = country && COUNTRY_PATTERN.test(country) ? country : UNKNOWN
  return `${known}-${network.slice(0, SHOWN_CHARACTERS)}` as FromWhere
}

const COUNTRY_PATTERN = /^[A-Z][A-Z0-9]$/ // `T1` is Tor (Cloudflare's manual, IP geolocation)
const UNKNOWN = 'XX'
