/** What the Worker is configured with under test. Made up for tests; real ones are secrets of the platform. */
export const testSecrets = {
  ENVIRONMENT: 'test',
  ORIGIN: 'http://schoolgate.test',
  MASTER_KEYS: 'test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  REFERENCE_KEY: 'ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8',
  SANDBOX_URL: 'http://sandbox.test',
  SANDBOX_KEY: 'test-sandbox-key',
  SANDBOX_WEBHOOK_SECRET: 'whsec_QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=',
}
