/**
 * Starts what makes pages more comfortable, each piece fetched only where a page asks for it: islands by
 * `data-island`, GOV.UK Frontend's behaviours by `data-module`. Every page is complete without this file.
 */
type Start = (element: HTMLElement) => void
type Load = () => Promise<Start>

const islands: Record<string, Load> = {
  'search-as-you-type': async () => (await import('./search-as-you-type.ts')).start,
  'sms-counter': async () => (await import('./sms-counter.ts')).start,
  'live-progress': async () => (await import('./live-progress.ts')).start,
  'select-all': async () => (await import('./select-all.ts')).start,
  'secret-from-fragment': async () => (await import('./secret-from-fragment.ts')).start,
  passkey: async () => (await import('./passkey.ts')).start,
  'fold-when-narrow': async () => (await import('./fold-when-narrow.ts')).start,
}

const behaviours: Record<string, Load> = {
  'govuk-button': async () => (await import('./govuk.ts')).startButton,
  'govuk-checkboxes': async () => (await import('./reveals.ts')).start,
  'govuk-error-summary': async () => (await import('./govuk.ts')).startErrorSummary,
  'govuk-notification-banner': async () => (await import('./govuk.ts')).startNotificationBanner,
  'govuk-radios': async () => (await import('./reveals.ts')).start,
}

startAll('data-island', islands)
startAll('data-module', behaviours)

function startAll(attribute: string, known: Record<string, Load>): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[${attribute}]`)) {
    const load = known[element.getAttribute(attribute) ?? '']
    if (load) void load().then((start) => start(element))
  }
}
