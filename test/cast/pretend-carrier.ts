import { carriers, type Carriers, type Provider, references } from '#delivery'

export type Behaviour = 'accepts' | 'rejects' | 'unavailable' | 'keeps-quiet' | 'never-gets-it'

/** A carrier in the test's own hands: what it does can change, and what it took can be read. */
export type PretendCarrier = Provider & {
  does: Behaviour
  readonly accepted: { reference: string; address: string; text: string; messageId: string }[]
  offers: number
}

export function pretendCarrier(name: string, channel: 'sms' | 'email' = 'sms'): PretendCarrier {
  const carrier: PretendCarrier = {
    name,
    channel,
    weight: 1,
    does: 'accepts',
    accepted: [],
    offers: 0,
    send: async (offers) =>
      offers.map((offer) => {
        carrier.offers++
        const messageId = `${name}-${carrier.accepted.length + 1}`
        const took = {
          reference: offer.reference,
          address: offer.address,
          text: offer.text,
          messageId,
        }
        if (carrier.does === 'rejects') return { outcome: 'rejected', code: 'invalid-number' }
        if (carrier.does === 'unavailable') return { outcome: 'unavailable', code: 'http-503' }
        if (carrier.does === 'never-gets-it') return { outcome: 'ambiguous', code: 'no-answer' }
        carrier.accepted.push(took)
        if (carrier.does === 'keeps-quiet') return { outcome: 'ambiguous', code: 'no-answer' }
        return { outcome: 'accepted', providerMessageId: messageId }
      }),
    readReceipts: async () => undefined,
    readInbound: async () => undefined,
    lookUp: async (reference) => {
      const found = carrier.accepted.find((one) => one.reference === reference)
      if (!found) return { found: 'never-had-it' }
      return { found: 'there', providerMessageId: found.messageId, state: 'sent' }
    },
  }
  return carrier
}

/** Puts pretend carriers together; the first is always chosen while it is well. */
export const together = async (...pretend: PretendCarrier[]): Promise<Carriers> =>
  carriers(pretend, await references('test'), () => 0)
