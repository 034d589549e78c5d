import { Webhook } from 'standardwebhooks'

/**
 * The body of a post signed by Standard Webhooks (standardwebhooks.com: id, timestamp and HMAC-SHA256
 * headers, five minutes of tolerance). Undefined where it is not signed with this secret, is too old,
 * or is not JSON.
 */
export function readSigned(secret: string, headers: Headers, body: string): unknown {
  const signature = {
    'webhook-id': headers.get('webhook-id') ?? '',
    'webhook-timestamp': headers.get('webhook-timestamp') ?? '',
    'webhook-signature': headers.get('webhook-signature') ?? '',
  }
  try {
    return new Webhook(secret).verify(body, signature)
  } catch {
    return undefined
  }
}
