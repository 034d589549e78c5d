/**
 * Puts the secret of an e-mailed link, which stands behind its `#`, into the form's field `secret`, and takes it
 * out of the address bar and the history, so that nobody reads it there later. Browsers never send that part of
 * an address (RFC 9110 §7.1); without this the person pastes the code.
 */
export function start(form: HTMLElement): void {
  take(form)
  // The same page is open already, and the link is followed once more.
  addEventListener('hashchange', () => take(form))
}

const SECRET = /^#[\w-]{43}$/ // 32 bytes as base64url

function take(form: HTMLElement): void {
  const field = form.querySelector<HTMLInputElement>('input[name="secret"]')
  if (!field || !SECRET.test(location.hash)) return
  field.value = location.hash.slice(1)
  history.replaceState(null, '', location.pathname + location.search)
}
