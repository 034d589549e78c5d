/**
 * Asks the server for a piece of a page. Undefined when the answer is not that piece: an error, or the sign-in page
 * after a session's end.
 */
export async function fetchFragment(
  url: string,
  name: string,
  init: RequestInit,
): Promise<HTMLElement | undefined> {
  const response = await fetch(url, {
    ...init,
    headers: { 'X-Fragment': name },
    credentials: 'same-origin',
  })
  if (!response.ok || response.redirected) return undefined

  const template = document.createElement('template')
  template.innerHTML = await response.text()
  return template.content.querySelector<HTMLElement>('[data-announce]') ?? undefined
}

/** Runs the last of a burst of calls, once it has been quiet for that long. */
export function debounced(run: () => void, quietMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(run, quietMs)
  }
}
