import { createHmac } from 'node:crypto'

/**
 * The secret with which one pretend provider signs what it posts, as the sandbox makes it
 * (HMAC-SHA-256 of the provider's name, in the form of Standard Webhooks). One secret for all would let a
 * post of one provider, captured, be played again at another's address. Nothing is made of no secret.
 */
export function secretOf(webhookSecret: string, provider: string): string {
  if (webhookSecret === '') return ''
  const made = createHmac('sha256', webhookSecret).update(`schoolgate-sandbox/${provider}`)
  return `whsec_${made.digest('base64')}`
}
