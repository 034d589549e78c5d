/**
 * Money. A text costs 2.4p, so the unit is the thousandth of a penny, in whole numbers: sums are
 * exact and no fraction drifts. Ledgers of payments by parents are in whole pence (PRODUCT 7.5).
 */

/** Thousandths of a penny, whole. One penny is 1,000; one pound is 100,000. */
export type Millipence = number & { readonly __unit: 'millipence' }

export const NOTHING = 0 as Millipence

/** From a price in pence, such as 2.4. Throws where it is finer than a thousandth of a penny. */
export function millipence(pence: number): Millipence {
  const whole = Math.round(pence * PENNY)
  if (Math.abs(whole / PENNY - pence) > Number.EPSILON * Math.max(1, Math.abs(pence))) {
    throw new RangeError(`no whole number of thousandths of a penny: ${pence}`)
  }
  return exact(whole)
}

/** Takes a stored whole number back as money. Throws where it is not whole. */
export const fromStoredMillipence = (stored: number): Millipence => exact(stored)

export const add = (...amounts: readonly Millipence[]): Millipence =>
  exact(amounts.reduce((sum, amount) => sum + amount, 0))

/** `count` is a whole number: of parts, of recipients. Throws otherwise. */
export const times = (amount: Millipence, count: number): Millipence => exact(amount * exact(count))

/**
 * "£15.36", "£1,234.50", "-£0.05": rounded half up to the penny, by size, so that a refund
 * mirrors its charge.
 */
export function showPounds(amount: Millipence): string {
  const pence = Math.floor((Math.abs(amount) + PENNY / 2) / PENNY)
  const pounds = String(Math.floor(pence / 100)).replace(/\B(?=(?:\d{3})+$)/g, ',')
  const sign = amount < 0 && pence > 0 ? '-' : ''
  return `${sign}£${pounds}.${String(pence % 100).padStart(2, '0')}`
}

/** "2.4p", "12p", "0.005p": in full, never rounded. */
export function showPence(amount: Millipence): string {
  const size = Math.abs(amount)
  const fraction = String(size % PENNY)
    .padStart(3, '0')
    .replace(/0+$/, '')
  const whole = Math.floor(size / PENNY)
  return `${amount < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}p`
}

const PENNY = 1000

function exact(amount: number): Millipence {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`money must be a whole number: ${amount}`)
  return (amount === 0 ? 0 : amount) as Millipence // no -0
}
