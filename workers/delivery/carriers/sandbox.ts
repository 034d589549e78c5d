import { z } from 'zod'
import { atMost, log, parsePhone } from '#kernel'
import type { ParcelChannel } from '../parcel.ts'
import {
  type LookedUp,
  type Offer,
  type Outcome,
  type Provider,
  PROVIDER_TIMEOUT_MS,
  type Receipt,
} from '../provider.ts'
import { secretOf } from './provider-secret.ts'
import { readSigned } from './signed.ts'
import { birch, larch, rowan, translate, type Vocabulary } from './vocabulary.ts'

/** Where the sandbox carrier listens, and the secrets that both sides know. */
export type SandboxSettings = { url: string; key: string; webhookSecret: string }

/** The pretend providers that stand where the world begins: two for texts, one for e-mail. */
export function sandboxProviders(settings: SandboxSettings): Provider[] {
  return [
    provider(settings, { name: 'larch', channel: 'sms', weight: 2, words: larch }),
    provider(settings, { name: 'rowan', channel: 'sms', weight: 1, words: rowan }),
    provider(settings, { name: 'birch', channel: 'email', weight: 1, words: birch }),
  ]
}

type Named = { name: string; channel: ParcelChannel; weight: number; words: Vocabulary }

const MAX_EVENTS = 1_000

const receiptsSchema = z.object({
  events: z
    .array(
      z.object({
        eventId: z.string().min(1).max(200),
        messageId: z.string().min(1).max(200),
        reference: z.string().max(200),
        status: z.string().max(50),
        code: z.string().max(50).nullable(),
        at: z.union([z.number(), z.iso.datetime()]),
      }),
    )
    .max(MAX_EVENTS),
})
const inboundSchema = z.object({
  eventId: z.string().min(1).max(200),
  from: z.string().max(40),
  to: z.string().max(40),
  text: z.string().max(2_000),
  at: z.union([z.number(), z.iso.datetime()]),
})
const foundSchema = z.object({
  messages: z.array(z.object({ messageId: z.string(), status: z.string() })).max(MAX_EVENTS),
})

function provider(settings: SandboxSettings, { name, channel, weight, words }: Named): Provider {
  const url = `${settings.url}/${channel}/${name}/messages`
  const secret = secretOf(settings.webhookSecret, name)
  const headers = { authorization: `Bearer ${settings.key}`, 'content-type': 'application/json' }

  return {
    name,
    channel,
    weight,
    send: (offers, { width, startBeforeMs }) =>
      atMost(width, offers, (offer) =>
        // Too late to make the call while the parcel is surely ours: it has not been offered at all.
        Date.now() < startBeforeMs
          ? offered(url, headers, offer)
          : Promise.resolve({ outcome: 'not-offered', code: 'no-time-left' }),
      ),
    readReceipts: async (postHeaders, body) => {
      const read = receiptsSchema.safeParse(readSigned(secret, postHeaders, body))
      if (!read.success) return undefined
      return read.data.events.flatMap(({ at, status, messageId, ...event }): Receipt[] => {
        const state = translate(words, status, event.code)
        if (!state) log('receipt.unknown-word', { provider: name, word: status, code: event.code })
        if (!state) return []
        return [{ ...event, providerMessageId: messageId, state, atMs: new Date(at).getTime() }]
      })
    },
    readInbound: async (postHeaders, body) => {
      const read = inboundSchema.safeParse(readSigned(secret, postHeaders, body))
      if (!read.success) return undefined
      const { at, from, ...said } = read.data
      const phone = parsePhone(from)
      return { ...said, from: phone.ok ? phone.phone.e164 : from, atMs: new Date(at).getTime() }
    },
    lookUp: (reference) => lookedUp(`${url}?reference=${reference}`, headers, words),
  }
}

async function offered(url: string, headers: HeadersInit, offer: Offer): Promise<Outcome> {
  const { reference, address, from, subject, text } = offer
  const said = { to: address, from, text, reference, ...(subject !== null && { subject }) }
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(said),
      signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS),
    })
    return await read(response)
  } catch {
    // The connection broke or nothing came in time: the provider may have it.
    return { outcome: 'ambiguous', code: 'no-answer' }
  }
}

async function read(response: Response): Promise<Outcome> {
  if (response.status === 202) {
    // By hand: a schema's parse costs as much processor time as a tenth of the whole call.
    const { messageId } = (await response.json()) as { messageId?: unknown }
    const isOne = typeof messageId === 'string' && messageId !== '' && messageId.length <= 200
    if (isOne) return { outcome: 'accepted', providerMessageId: messageId }
    return { outcome: 'ambiguous', code: 'no-message-id' }
  }
  const answer = (await response.json().catch(() => ({}))) as { error?: unknown }
  const code =
    typeof answer.error === 'string' ? answer.error.slice(0, 50) : `http-${response.status}`
  if (response.status === 422 || response.status === 400) return { outcome: 'rejected', code }
  // 429 and 503 say that it was not taken (the providers' manuals); any other answer says nothing.
  const wasRefused = [401, 403, 404, 429, 503].includes(response.status)
  return { outcome: wasRefused ? 'unavailable' : 'ambiguous', code }
}

async function lookedUp(url: string, headers: HeadersInit, words: Vocabulary): Promise<LookedUp> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS) })
    if (response.status !== 200) return { found: 'unknown' }
    const { messages } = foundSchema.parse(await response.json())
    const [first] = messages
    if (!first) return { found: 'never-had-it' }
    const state = translate(words, first.status, null) ?? 'sent'
    return { found: 'there', providerMessageId: first.messageId, state }
  } catch {
    return { found: 'unknown' }
  }
}
