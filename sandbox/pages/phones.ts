import type { Context } from 'hono'
import { html } from 'hono/html'
import { LIST_PAGE_ROWS } from '../limits.ts'
import { isPhoneNumber } from '../message.ts'
import type { People } from '../people.ts'
import type { Sandbox } from '../sandbox.ts'
import { answerPage, isUpToDate, type Html } from './page.ts'
import { empty, holderList, pager, readList } from './parts.ts'
import { spoken, typedNumber } from './words.ts'

/** All phones that have had a text. */
export async function phonesPage(c: Context, sandbox: Sandbox, people: People): Promise<Response> {
  if (isUpToDate(c, sandbox)) return c.body(null, 204)
  const { search, page } = readList((name) => c.req.query(name))
  const number = typedNumber(search)
  sandbox.log.flush()
  const holders = people.list('sms', search === '' ? '' : number, page)
  const found =
    holders.length === 0
      ? none(search, number, sandbox.settings.callbackUrl)
      : holderList('phones', holders)
  const isFull = holders.length === LIST_PAGE_ROWS
  const list = html`${found} ${pager('/phones', search, page, isFull)}`
  return answerPage(c, sandbox, {
    title: 'Phones',
    section: 'phones',
    live: { list },
    body: (live) =>
      html`<h1>The parents’ phones</h1>
        <p class="lead">
          Every number that a text was sent to, the latest first. Open one to read the texts and to
          reply.
        </p>
        <form class="search" action="/phones" role="search">
          <label for="q">Find or open a phone by its number</label>
          <div class="row">
            <input
              id="q"
              name="q"
              type="search"
              inputmode="tel"
              autocomplete="off"
              value="${search}"
            /><button>Find</button>
          </div>
        </form>
        ${live['list'] ?? ''}`,
  })
}

function none(search: string, number: string, schoolgate: string): Html {
  if (search === '')
    return empty(
      'No phone has had a text yet',
      html`Send one: <a href="${schoolgate}">sign in to Schoolgate</a>, choose some pupils and write
        a message. The phones of their parents appear here by themselves.`,
    )
  return empty(
    `No phone with “${search}” has had a text`,
    isPhoneNumber(number)
      ? html`You can still <a href="/phones/${number}">open ${spoken(number)}</a> and text a school
          from it.`
      : html`Try fewer digits, or <a href="/phones">see all phones</a>.`,
  )
}
