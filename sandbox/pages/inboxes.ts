import type { Context } from 'hono'
import { html } from 'hono/html'
import { LIST_PAGE_ROWS, SIDE_LIST_ROWS } from '../limits.ts'
import type { People, ReceivedRow } from '../people.ts'
import type { Sandbox } from '../sandbox.ts'
import { behaviourOf, behaviours } from '../sentinels.ts'
import { answerPage, isUpToDate, type Html } from './page.ts'
import { empty, holderList, linked, pager, readList, status } from './parts.ts'
import { dayOf, timeOf } from './words.ts'

/** All addresses that have had an e-mail. */
export async function inboxesPage(c: Context, sandbox: Sandbox, people: People): Promise<Response> {
  if (isUpToDate(c, sandbox)) return c.body(null, 204)
  const { search, page } = readList((name) => c.req.query(name))
  sandbox.log.flush()
  const holders = people.list('email', search.toLowerCase(), page)
  const found =
    holders.length === 0
      ? none(search, sandbox.settings.callbackUrl)
      : holderList('inboxes', holders)
  const isFull = holders.length === LIST_PAGE_ROWS
  const list = html`${found} ${pager('/inboxes', search, page, isFull)}`
  return answerPage(c, sandbox, {
    title: 'Inboxes',
    section: 'inboxes',
    live: { list },
    body: (live) =>
      html`<h1>The inboxes</h1>
        <p class="lead">Every address that an e-mail was sent to, the latest first.</p>
        <form class="search" action="/inboxes" role="search">
          <label for="q">Find an address</label>
          <div class="row">
            <input id="q" name="q" type="search" autocomplete="off" value="${search}" />
            <button>Find</button>
          </div>
        </form>
        ${live['list'] ?? ''}`,
  })
}

/** One address with its e-mails, the newest first. */
export async function inboxPage(
  c: Context,
  sandbox: Sandbox,
  people: People,
  address: string,
): Promise<Response> {
  if (isUpToDate(c, sandbox)) return c.body(null, 204)
  sandbox.log.flush()
  const mails = people.received('email', address)
  const behaviour = behaviourOf(address)
  return answerPage(c, sandbox, {
    title: address,
    section: 'inboxes',
    live: {
      mails:
        mails.length === 0
          ? empty('This inbox is empty', 'E-mails to this address appear here by themselves.')
          : html`<ol class="mails">
              ${mails.map(mail)}
            </ol>`,
      others: others(people, address),
    },
    body: (live) =>
      html`<div class="beside">
        <section aria-labelledby="whose">
          <a href="/inboxes" class="back">All inboxes</a>
          <h1 id="whose">${address}</h1>
          ${
            behaviour === undefined
              ? ''
              : html`<p class="sentinel">
                  <strong>An address that misbehaves.</strong> ${behaviours[behaviour]}
                </p>`
          }
          ${live['mails'] ?? ''}
        </section>
        <aside aria-labelledby="others">
          <h2 id="others">Latest inboxes</h2>
          ${live['others'] ?? ''}
        </aside>
      </div>`,
  })
}

function others(people: People, address: string): Html {
  const holders = people.list('email', '', 1, SIDE_LIST_ROWS)
  if (holders.length === 0) return html`<p>No address has had an e-mail yet.</p>`
  return holderList('inboxes', holders, address)
}

const mail = (each: ReceivedRow): Html =>
  html`<li>
    <article>
      <header>
        <h2>${each.subject}</h2>
        <p class="facts">
          <span>from ${each.from}</span>
          <time datetime="${new Date(each.acceptedAt).toISOString()}"
            >${dayOf(each.acceptedAt)}, ${timeOf(each.acceptedAt)}</time
          >
          ${status(each.provider, each.status, each.code)}
        </p>
      </header>
      <div class="letter">${linked(each.text)}</div>
      ${
        each.html === null
          ? ''
          : html`<details>
              <summary>HTML source</summary>
              <pre tabindex="0">${each.html}</pre>
            </details>`
      }
    </article>
  </li>`

const none = (search: string, schoolgate: string): Html =>
  search === ''
    ? empty(
        'No e-mail has been sent yet',
        html`Send one: <a href="${schoolgate}">sign in to Schoolgate</a>, write a message and choose
          e-mail. It appears here by itself.`,
      )
    : empty(
        `No address with “${search}” has had an e-mail`,
        html`Try fewer letters, or <a href="/inboxes">see all inboxes</a>.`,
      )
