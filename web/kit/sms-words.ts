/** The length of a text as the delivery rules count it (`workers/delivery/sms.ts`). */
export type SmsCount = {
  encoding: 'GSM-7' | 'UCS-2'
  units: number
  parts: number
  left: number
  culprits: readonly string[]
}

/** A text's length in a school office's words, the same from the server and while typing. */
export function smsWords(text: string, count: SmsCount): string {
  return [
    lengthWords(count),
    ...(count.encoding === 'UCS-2' ? [culpritWords(count.culprits)] : []),
    ...(placeholder.test(text) ? ['Names will change the length.'] : []),
  ].join(' ')
}

const placeholder = /\(\([^()]+\)\)/
const culpritsShown = 5

const lengthWords = ({ parts, left }: SmsCount): string => {
  const room = `${left} ${left === 1 ? 'character' : 'characters'} left`
  if (parts <= 1) return `${room} in ${parts === 0 ? 'one text' : 'this text'}.`
  return `${parts} texts long, ${room} in the last.`
}

const culpritWords = (culprits: readonly string[]): string => {
  const shown = culprits.slice(0, culpritsShown).join(' ')
  const more = culprits.length > culpritsShown ? ` and ${culprits.length - culpritsShown} more` : ''
  return culprits.length === 1
    ? `${shown} halves the room: with it a text holds 70 characters, not 160 (Unicode).`
    : `${shown}${more} halve the room: with them a text holds 70 characters, not 160 (Unicode).`
}
