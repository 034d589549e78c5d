const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ' // Crockford's base 32
const CHARACTERS = 20
const GROUP = 5

/** What a person types into the program in the school: 100 random bits, in groups. */
export function newCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(CHARACTERS))
  const text = Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return (text.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-')
}

/**
 * The code as it was made, however it was typed: letters that look like figures are taken for them.
 * Undefined for what no code can be.
 */
export function readCode(typed: string): string | undefined {
  const text = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const isCode = text.length === CHARACTERS && [...text].every((one) => ALPHABET.includes(one))
  return isCode ? text : undefined
}

/** What is kept of a code, or of a login secret: their randomness needs no slow hash. */
export async function hashOfSecret(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(digest).toString('base64url')
}

/** 256 random bits. */
export const newSecret = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
