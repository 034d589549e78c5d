import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'

const CANCELLED = 'No passkey was used. Try again, or choose another way.'
const UNREACHED = 'Schoolgate could not be reached. Try again.'

/**
 * A form that sends what a passkey answers: it asks for a challenge when it is pressed, so that none is over
 * before somebody has found their key. Without scripts, or in a browser that knows no passkeys, its words say so.
 */
export function start(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement) || !browserSupportsWebAuthn()) return
  for (const part of form.querySelectorAll<HTMLElement>('[data-able], [data-unable]')) {
    part.hidden = part.hasAttribute('data-unable')
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void ask(form)
  })
}

async function ask(form: HTMLFormElement): Promise<void> {
  say(form, '')
  const options = await challenge(form.dataset['purpose'] ?? '').catch(() => undefined)
  if (!options) return say(form, UNREACHED)
  try {
    const answer =
      form.dataset['purpose'] === 'enrol'
        ? await startRegistration({ optionsJSON: options as never })
        : await startAuthentication({ optionsJSON: options as never })
    const field = form.elements.namedItem('passkey') as HTMLInputElement
    field.value = JSON.stringify(answer)
    form.submit()
  } catch {
    say(form, CANCELLED)
  }
}

async function challenge(purpose: string): Promise<unknown> {
  const response = await fetch('/account/challenges', {
    method: 'POST',
    body: new URLSearchParams({ purpose }),
    credentials: 'same-origin',
  })
  if (!response.ok || response.redirected) return undefined
  return response.json()
}

function say(form: HTMLFormElement, words: string): void {
  const place = form.querySelector<HTMLElement>('[data-problem]')
  if (!place) return
  place.textContent = words
  place.hidden = words === ''
}
