/**
 * Shows the fields that an answer reveals only while it is chosen. GOV.UK Frontend's own script marks radios with
 * `aria-expanded`, which ARIA 1.2 does not allow on them; hence this one. A checkbox may carry it.
 */
export function start(group: HTMLElement): void {
  const openers = [...group.querySelectorAll<HTMLInputElement>('input[data-reveals]')]
  if (openers.length === 0) return

  const update = (): void => openers.forEach(showOrHide)
  group.addEventListener('change', update)
  // Going back, the browser restores the answers after this script has run.
  addEventListener('pageshow', update)
  update()
}

function showOrHide(opener: HTMLInputElement): void {
  const fields = document.getElementById(opener.dataset['reveals'] ?? '')
  if (!fields) return
  fields.classList.toggle(
    `govuk-${opener.type === 'radio' ? 'radios' : 'checkboxes'}__conditional--hidden`,
    !opener.checked,
  )
  if (opener.type === 'checkbox') opener.setAttribute('aria-expanded', String(opener.checked))
}
