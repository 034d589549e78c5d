import { debounced, fetchFragment } from './fragment.ts'

const quietMs = 120

/** Posts the search form while somebody types and puts what was found in place of the results. */
export function start(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return
  const form = element
  const status = form.querySelector<HTMLElement>('[data-status]')
  let underWay: AbortController | undefined
  let shown = typedIn(form)

  const search = async (): Promise<void> => {
    const wanted = typedIn(form)
    if (wanted === shown) return
    underWay?.abort()
    const { signal } = (underWay = new AbortController())
    const found = await ask(form, signal)
    if (signal.aborted) return
    if (found) shown = wanted
    show(form, status, found)
  }
  form.addEventListener(
    'input',
    debounced(() => void search(), quietMs),
  )
  form.addEventListener('submit', () => underWay?.abort())
}

// A search box, and perhaps choices beside it: all that the form would post.
const typedIn = (form: HTMLFormElement): string =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, String(value)]))

// Through the attribute: a field named "action" would hide the property.
async function ask(form: HTMLFormElement, signal: AbortSignal): Promise<HTMLElement | undefined> {
  try {
    const url = form.getAttribute('action') || location.href
    return await fetchFragment(url, 'results', { method: 'POST', body: new FormData(form), signal })
  } catch {
    return undefined
  }
}

function show(
  form: HTMLFormElement,
  status: HTMLElement | null,
  found: HTMLElement | undefined,
): void {
  const results = document.getElementById(form.dataset['results'] ?? '')
  if (found && results) {
    found.id = results.id
    results.replaceWith(found)
  }
  if (status) status.textContent = found?.dataset['announce'] ?? 'Press Search to see the results.'
}
