import { html } from 'hono/html'
import type { Holder } from '../people.ts'
import type { Html } from './page.ts'
import { counted, spoken, statusOf, whenOf } from './words.ts'
import type { Provider } from '../vocabulary.ts'

/** What became of a message: a mark and words, so that colour is never the only sign. */
export function status(provider: Provider, word: string, code: string): Html {
  const { words, tone } = statusOf(provider, word, code)
  return html`<span class="status ${tone}">${words}</span>`
}

/** Text with its web addresses as links, since parents are sent links to act on. */
export function linked(text: string): Html {
  const parts = text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/)
  return html`${parts.map((part, place) =>
    place % 2 === 1 ? html`<a href="${part}" rel="noopener noreferrer">${part}</a>` : part,
  )}`
}

/** Phones or inboxes, the one with the latest message first. */
export const holderList = (kind: 'phones' | 'inboxes', holders: Holder[], open?: string): Html =>
  html`<ul class="holders">
    ${holders.map(
      ({ recipient, messages, latest }) =>
        html`<li>
          <a
            href="/${kind}/${encodeURIComponent(recipient).replace('%2B', '+').replace('%40', '@')}"
            ${recipient === open ? html` aria-current="page"` : ''}
          >
            <span class="face" aria-hidden="true"
              >${
                kind === 'phones' ? recipient.slice(-2) : recipient.slice(0, 1).toUpperCase()
              }</span
            >
            <span class="who">${kind === 'phones' ? spoken(recipient) : breakable(recipient)}</span>
            <time datetime="${new Date(latest.acceptedAt).toISOString()}"
              >${whenOf(latest.acceptedAt)}</time
            >
            <span class="snippet">${latest.subject ?? latest.text.slice(0, 140)}</span>
            <span class="facts"
              >${status(latest.provider, latest.status, latest.code)}
              <span>${counted(messages, kind === 'phones' ? 'text' : 'e-mail')}</span></span
            >
          </a>
        </li>`,
    )}
  </ul>`

/** An address that breaks before its @ if it must break. */
const breakable = (address: string): Html => {
  const [name, domain] = address.split('@')
  return html`${name}<wbr />@${domain}`
}

export const empty = (heading: string, advice: Html | string): Html =>
  html`<div class="empty">
    <h2>${heading}</h2>
    <p>${advice}</p>
  </div>`

/** Links to the pages before and after, where there may be any. */
export function pager(path: string, search: string, page: number, isFull: boolean): Html {
  const to = (other: number) => `${path}?${new URLSearchParams({ q: search, page: String(other) })}`
  if (page === 1 && !isFull) return html``
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 ? html`<a rel="prev" href="${to(page - 1)}">Newer</a>` : ''}
    <span>Page ${page}</span>
    ${isFull ? html`<a rel="next" href="${to(page + 1)}">Older</a>` : ''}
  </nav>`
}

/** The search and page of a list's address, within bounds. */
export function readList(query: (name: string) => string | undefined) {
  const page = Number(query('page') ?? 1)
  return {
    search: (query('q') ?? '').trim().slice(0, 100),
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  }
}
