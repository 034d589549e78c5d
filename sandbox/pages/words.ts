import { codesOf, wordsOf, type Provider, type Word } from '../vocabulary.ts'

/** A UK number as people write it; any other as it came. */
export const spoken = (number: string): string =>
  number.replace(/^\+44(7\d{3})(\d{6})$/, '0$1 $2').replace(/^\+44(\d{4})(\d{6})$/, '0$1 $2')

/** E.164 of what somebody typed: UK numbers with or without their country code. */
export function typedNumber(text: string): string {
  const digits = text.replaceAll(/[\s().-]/g, '')
  return digits.startsWith('0') && !digits.startsWith('00')
    ? `+44${digits.slice(1)}`
    : digits.replace(/^00/, '+')
}

export const providerNames: Record<Provider, string> = {
  larch: 'Larch',
  rowan: 'Rowan',
  birch: 'Birch',
}

export type Tone = 'going' | 'good' | 'bad'

/** A provider's status and code in plain English, and how it bodes. */
export function statusOf(provider: Provider, status: string, code: string) {
  const word: Word | undefined = (wordsOf[provider] as Record<string, Word>)[status]
  const because = (codesOf[provider] as Record<string, string>)[code] ?? ''
  const means = word?.means ?? status
  const tone: Tone =
    means === 'Delivered' ? 'good' : word?.isFinal || because !== '' ? 'bad' : 'going'
  return { words: because === '' ? means : `${means}: ${because}`, tone }
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
})
const calendar = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  day: 'numeric',
  month: 'long',
})

export const timeOf = (atMs: number): string => clock.format(atMs)
export const dayOf = (atMs: number): string => calendar.format(atMs)
/** The time of today's, the day of older ones. */
export const whenOf = (atMs: number): string =>
  dayOf(atMs) === dayOf(Date.now()) ? timeOf(atMs) : dayOf(atMs)

/** `1 message`, `1,200 messages`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
