export type AddressRead =
  | { ok: true; url: URL }
  | { ok: false; reason: 'not-an-address' | 'not-https' | 'holds-a-password' }

/**
 * An address that children's data may be sent to or asked from: HTTPS, or this very machine, where nothing
 * can listen in. A name and password in an address would end up in a log.
 */
export function readAddress(text: string): AddressRead {
  if (!URL.canParse(text)) return { ok: false, reason: 'not-an-address' }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'holds-a-password' }
  if (url.protocol === 'https:') return { ok: true, url }
  const isHere = url.protocol === 'http:' && isLoopback(url.hostname)
  return isHere ? { ok: true, url } : { ok: false, reason: 'not-https' }
}

/** RFC 6761, 6.3 for the name; RFC 1122, 3.2.1.3 and RFC 4291, 2.5.3 for the numbers. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
