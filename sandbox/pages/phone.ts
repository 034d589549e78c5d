import type { Context } from 'hono'
import { html } from 'hono/html'
import { REPLY_LIMIT, SIDE_LIST_ROWS } from '../limits.ts'
import { isPhoneNumber } from '../message.ts'
import type { Correspondent, People, ThreadItem } from '../people.ts'
import type { Sandbox } from '../sandbox.ts'
import { behaviourOf, behaviours } from '../sentinels.ts'
import { answerPage, isUpToDate, type Html } from './page.ts'
import { empty, holderList, linked, status } from './parts.ts'
import { dayOf, providerNames, spoken, statusOf, timeOf } from './words.ts'

/** What somebody typed that could not be sent, kept for them to mend. */
export type Typed = { text: string; to: string; provider: string; problem: string; field: string }

/** One phone: the texts it had, the replies it sent, and a box to send another. */
export async function phonePage(
  c: Context,
  sandbox: Sandbox,
  people: People,
  number: string,
  typed?: Typed,
): Promise<Response> {
  if (isUpToDate(c, sandbox)) return c.body(null, 204)
  sandbox.log.flush()
  const schools = people.correspondents(number).filter(({ school }) => isDialled(school))
  const behaviour = behaviourOf(number)
  return answerPage(c, sandbox, {
    title: `${typed === undefined ? '' : 'Error: '}${spoken(number)}`,
    section: 'phones',
    status: typed === undefined ? 200 : 422,
    live: {
      thread: thread(people.thread(number)),
      others: others(people, number),
    },
    body: (live) =>
      html`<div class="beside">
        <section class="phone" aria-labelledby="whose">
          <div class="speaker" aria-hidden="true"></div>
          <header>
            <a href="/phones" class="back">All phones</a>
            <h1 id="whose">${spoken(number)}</h1>
            ${
              behaviour === undefined
                ? ''
                : html`<p class="sentinel">
                    <strong>A number that misbehaves.</strong> ${behaviours[behaviour]}
                  </p>`
            }
          </header>
          <div class="screen" tabindex="0" role="region" aria-label="Texts" data-follow>
            ${live['thread'] ?? ''}
          </div>
          ${replyForm(number, schools, typed)}
        </section>
        <aside aria-labelledby="others">
          <h2 id="others">Latest phones</h2>
          ${live['others'] ?? ''}
        </aside>
      </div>`,
  })
}

function others(people: People, number: string): Html {
  const holders = people.list('sms', '', 1, SIDE_LIST_ROWS)
  if (holders.length === 0) return html`<p>No phone has had a text yet.</p>`
  return holderList('phones', holders, number)
}

/** Whether a text can be sent to it: a number or a short code, not a name such as “StBotolphs”. */
export const isDialled = (school: string): boolean =>
  isPhoneNumber(school) || /^\d{3,8}$/.test(school)

function thread(items: ThreadItem[]): Html {
  if (items.length === 0)
    return empty(
      'No texts yet',
      'Texts from the school appear here. You can also text the school first.',
    )
  let day = ''
  return html`<ol class="thread">
    ${items.map((item) => {
      const isNewDay = dayOf(item.at) !== day
      day = dayOf(item.at)
      return html`${isNewDay ? html`<li class="day">${day}</li>` : ''}${bubble(item)}`
    })}
  </ol>`
}

function bubble(item: ThreadItem): Html {
  const time = html`<time datetime="${new Date(item.at).toISOString()}">${timeOf(item.at)}</time>`
  if (item.kind === 'reply')
    return html`<li class="bubble mine">
      <p><span class="hidden">You: </span>${item.text}</p>
      <div class="facts">${time} <span>to ${spoken(item.school)}</span></div>
    </li>`
  const isLost = statusOf(item.provider, item.status, item.code).tone === 'bad'
  return html`<li class="bubble theirs${isLost ? ' lost' : ''}">
    <p><span class="hidden">School: </span>${linked(item.text)}</p>
    <div class="facts">
      ${time}
      <span>from ${spoken(item.from)} by ${providerNames[item.provider]}</span>
      ${status(item.provider, item.status, item.code)}
    </div>
  </li>`
}

function replyForm(number: string, schools: Correspondent[], typed: Typed | undefined): Html {
  const wrong = (field: string) =>
    typed?.field === field
      ? html`<p class="problem" id="${field}-problem">
          <span class="hidden">Error: </span>${typed.problem}
        </p>`
      : ''
  const told = (field: string) =>
    typed?.field === field ? html` aria-invalid="true" aria-describedby="${field}-problem"` : ''
  return html`<form class="reply" method="post" action="/phones/${number}/replies">
    ${schools.length > 0 ? chooseSchool(schools) : nameSchool(typed, wrong('to'), told('to'))}
    <label for="text">Your reply</label>
    ${wrong('text')}
    <div class="row">
      <textarea id="text" name="text" rows="2" maxlength="${REPLY_LIMIT}" ${told('text')}>
${typed?.text ?? ''}</textarea>
      <button>Send</button>
    </div>
    <button class="stop" name="stop" value="yes" formnovalidate>Reply STOP</button>
  </form>`
}

/** Replies go to the number that texted last, unless another is chosen. */
function chooseSchool(schools: Correspondent[]): Html {
  const value = ({ provider, school }: Correspondent) => `${provider} ${school}`
  const words = ({ provider, school }: Correspondent) =>
    `${spoken(school)} (${providerNames[provider]})`
  const [first] = schools
  if (schools.length === 1 && first !== undefined)
    return html`<input type="hidden" name="school" value="${value(first)}" />`
  return html`<div class="line">
    <label for="school">Reply to</label>
    <select id="school" name="school">
      ${schools.map((each) => html`<option value="${value(each)}">${words(each)}</option>`)}
    </select>
  </div>`
}

const nameSchool = (typed: Typed | undefined, problem: Html | string, told: Html | string): Html =>
  html`<div class="pair">
    <div>
      <label for="to">The school’s number</label>${problem}
      <input
        id="to"
        name="to"
        inputmode="tel"
        autocomplete="off"
        value="${typed?.to ?? ''}"
        ${told}
      />
    </div>
    <div>
      <label for="provider">Its provider</label
      ><select id="provider" name="provider">
        ${(['larch', 'rowan'] as const).map(
          (each) =>
            html`<option value="${each}" ${typed?.provider === each ? html` selected` : ''}>
              ${providerNames[each]}
            </option>`,
        )}
      </select>
    </div>
  </div>`
