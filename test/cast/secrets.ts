/** What the Worker is configured with under test. Made up for tests; real ones are secrets of the platform. */
export const testSecrets = {
  ENVIRONMENT: 'test',
  ORIGIN: 'http://schoolgate.test',
  MASTER_KEYS: 'test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  REFERENCE_KEY: 'ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8',
  // Nothing listens there: what no test answers for fails at once, without asking for a name.
  SANDBOX_URL: 'http://127.0.0.1:9',
  SANDBOX_KEY: 'test-sandbox-key',
  SANDBOX_WEBHOOK_SECRET: 'whsec_QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=',
}
