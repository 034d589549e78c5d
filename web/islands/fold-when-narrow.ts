const narrow = '(max-width: 40.0525em)'

/** On a phone a filter starts folded, so that the list it narrows is in sight. */
export function start(element: HTMLElement): void {
  if (element instanceof HTMLDetailsElement) element.open = !matchMedia(narrow).matches
}
