import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { secretOf as sandboxSecretOf } from '../../../sandbox/provider-secret.ts'
import { providers } from '../../../sandbox/vocabulary.ts'
import { testSecrets } from '../../../test/cast/secrets.ts'
import { secretOf } from './provider-secret.ts'
import { readSigned } from './signed.ts'

const { SANDBOX_WEBHOOK_SECRET } = testSecrets

test('both sides make the same secret for each provider, and another for each', () => {
  const ours = providers.map((provider) => secretOf(SANDBOX_WEBHOOK_SECRET, provider))
  expect(ours).toEqual(providers.map((one) => sandboxSecretOf(SANDBOX_WEBHOOK_SECRET, one)))
  expect(new Set([...ours, SANDBOX_WEBHOOK_SECRET]).size).toBe(providers.length + 1)
})

test('what one provider signed is not believed of another', () => {
  const at = new Date()
  const signature = new Webhook(secretOf(SANDBOX_WEBHOOK_SECRET, 'larch')).sign('e1', at, '{}')
  const headers = new Headers({
    'webhook-id': 'e1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  })
  const readAs = (provider: string) =>
    readSigned(secretOf(SANDBOX_WEBHOOK_SECRET, provider), headers, '{}')
  expect(readAs('larch')).toEqual({})
  expect(readAs('rowan')).toBeUndefined()
  expect(readAs('birch')).toBeUndefined()
})

test('where no secret is set nothing is believed', () => {
  expect(secretOf('', 'larch')).toBe('')
  expect(readSigned(secretOf('', 'larch'), new Headers(), '{}')).toBeUndefined()
})
