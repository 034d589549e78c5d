const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ' // Crockford's base 32: no I, L, O or U
const CHARACTERS = 10
const GROUP = 5
const CODE_PATTERN = new RegExp(`^[${ALPHABET}]{${CHARACTERS}}$`)

/** As many as one may lose telephones before making new ones. */
export const RECOVERY_CODES = 10

/** A new code of 50 random bits: "7K2MD-0QXW9". 32 divides 256, so every character is as likely. */
export function newRecoveryCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(CHARACTERS))
  const text = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return `${text.slice(0, GROUP)}-${text.slice(GROUP)}`
}

/** Without the dash, and with letters for which no digit can be taken; undefined where it is no code. */
export function readRecoveryCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return CODE_PATTERN.test(code) ? code : undefined
}
