import { createHmac } from 'node:crypto'
import type { Provider } from './vocabulary.ts'

/**
 * The secret with which one provider signs what it posts: made of the sandbox's secret and the
 * provider's name, so that a post of one, captured, is worth nothing at another's address. The Worker
 * makes the same (`workers/delivery/carriers/provider-secret.ts`; a test there compares the two).
 */
export function secretOf(webhookSecret: string, provider: Provider): string {
  const made = createHmac('sha256', webhookSecret).update(`schoolgate-sandbox/${provider}`)
  return `whsec_${made.digest('base64')}`
}
