import * as delivery from '#delivery'
import type { Settings } from './env.ts'

/** The providers that configuration names. Locally that is the sandbox; production refuses it. */
export async function carriersOf(settings: Settings): Promise<delivery.Carriers> {
  const references = await delivery.references(settings.REFERENCE_KEY)
  return delivery.carriers(providersOf(settings), references)
}

export function providersOf(settings: Settings): delivery.Provider[] {
  if (settings.SANDBOX_URL === '') return []
  return delivery.sandboxProviders({
    url: settings.SANDBOX_URL,
    key: settings.SANDBOX_KEY,
    webhookSecret: settings.SANDBOX_WEBHOOK_SECRET,
  })
}
