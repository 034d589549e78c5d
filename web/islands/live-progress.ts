import { fetchFragment } from './fragment.ts'

const longestPauseMs = 60_000

/** Renews an element's content from its `data-url` until the content says it is finished. */
export function start(element: HTMLElement): void {
  const { url, everyMs } = element.dataset
  const steady = Number(everyMs)
  if (!url || !(steady > 0)) return

  const status = politeRegionAfter(element)
  let pause = steady
  let timer: ReturnType<typeof setTimeout> | undefined

  const isFinished = (): boolean => element.querySelector('[data-finished]') !== null
  const waitThenLook = (): void => {
    clearTimeout(timer)
    if (!isFinished() && !document.hidden) timer = setTimeout(() => void look(), pause)
  }
  const look = async (): Promise<void> => {
    const fresh = await fetchFragment(url, 'progress', {}).catch(() => undefined)
    if (fresh) show(element, fresh, status)
    pause = fresh ? steady : Math.min(pause * 2, longestPauseMs)
    waitThenLook()
  }
  document.addEventListener('visibilitychange', waitThenLook)
  waitThenLook()
}

function politeRegionAfter(element: HTMLElement): HTMLElement {
  const status = document.createElement('p')
  status.className = 'govuk-visually-hidden'
  status.setAttribute('role', 'status')
  element.after(status)
  return status
}

// Content that has not changed is left alone, so that nobody loses the place where they read.
function show(element: HTMLElement, fresh: HTMLElement, status: HTMLElement): void {
  if (element.firstElementChild?.outerHTML === fresh.outerHTML) return
  const focused = element.contains(document.activeElement) ? document.activeElement?.id : undefined
  element.replaceChildren(fresh)
  if (focused) document.getElementById(focused)?.focus()
  const news = fresh.dataset['announce'] ?? ''
  if (status.textContent !== news) status.textContent = news
}
