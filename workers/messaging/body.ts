import { count, MAX_PARTS, normalise } from '#delivery'
import { add, type Millipence, NOTHING, times } from '#kernel'
import type { Message } from './message.ts'
import { type Facts, fill, inWords } from './placeholders.ts'
import type { Chosen } from './recipients.ts'

/** What one number or address is sent, and what that costs. */
export type Body = {
  to: Chosen
  subject: string | null
  text: string
  parts: number
  /** Null for an e-mail. */
  encoding: ReturnType<typeof count>['encoding'] | null
  price: Millipence
}

/** E-mail costs a school nothing; a text costs its parts. */
export function bodyFor(message: Message, to: Chosen): Body {
  const facts = factsOf(message, to)
  const filled = fill(message.content.text, facts)
  if (message.channel === 'email') {
    const subject = fill(message.content.subject ?? '', facts)
    return { to, subject, text: filled, parts: 1, encoding: null, price: NOTHING }
  }
  const text = normalise(filled)
  const { parts, encoding } = count(text)
  return {
    to,
    subject: null,
    text,
    parts,
    encoding,
    price: times(message.smsPriceMillipence, parts),
  }
}

/** The sum of parts times price, exactly: 320 numbers × 2 parts × 2.4p is £15.36 (PRODUCT 10.3). */
export const priceOf = (bodies: readonly Body[]): Millipence =>
  add(...bodies.map((body) => body.price))

export const partsOf = (bodies: readonly Body[]): number =>
  bodies.reduce((sum, body) => sum + body.parts, 0)

/** The one with the most parts, since names make some longer than others. */
export const longestOf = (bodies: readonly Body[]): Body | undefined =>
  bodies.reduce<Body | undefined>(
    (longest, body) => (longest && longest.parts >= body.parts ? longest : body),
    undefined,
  )

/** A carrier takes no more than this many parts; a name may push a text over it. */
export const isTooLong = (body: Body): boolean => body.encoding !== null && body.parts > MAX_PARTS

const factsOf = (message: Message, { people, pupils }: Chosen): Facts => ({
  contactName: inWords([...new Set(people.map(({ name }) => name))]),
  school: message.content.schoolName,
  pupils,
})
