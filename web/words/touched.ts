import type { Touched } from '#mis'

/** What an import changes about somebody, as a school says it. */
export const touchedWords = ({ what, about, channel }: Touched): string => {
  const child = about === null ? '' : ` about ${about}`
  const by = channel === null ? '' : ` ${ways[channel]}`
  return `${words[what]}${child}${by}`
}

const ways = { sms: 'by text', voice: 'by telephone', email: 'by e-mail' } as const

const words: Record<Touched['what'], string> = {
  'order-laid': '“Do not contact” is added',
  'order-ended': '“Do not contact” ends',
  stopped: 'Stops getting what is not essential',
  resumed: 'Gets what is not essential again',
  agreed: 'Agrees to marketing',
  withdrawn: 'Does not agree to marketing any more',
  'staff-new': 'New member of staff',
  'staff-changed': 'Name, number or address changes',
  'staff-left': 'Has left the school',
}
