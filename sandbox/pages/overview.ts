import type { Context } from 'hono'
import { html } from 'hono/html'
import type { People } from '../people.ts'
import type { Sandbox } from '../sandbox.ts'
import { behaviours, sentinelAddresses, sentinelNumbers, type Behaviour } from '../sentinels.ts'
import { providers } from '../vocabulary.ts'
import { troubles } from './faults.ts'
import { answerPage, isUpToDate, type Html } from './page.ts'
import { empty, holderList } from './parts.ts'
import { providerNames, spoken } from './words.ts'

const LATEST_ROWS = 5

/** What this is, how it stands, and which numbers misbehave. */
export async function overviewPage(
  c: Context,
  sandbox: Sandbox,
  people: People,
): Promise<Response> {
  if (isUpToDate(c, sandbox)) return c.body(null, 204)
  return answerPage(c, sandbox, {
    title: 'Overview',
    section: 'overview',
    live: { figures: figures(sandbox), latest: latest(people, sandbox.settings.callbackUrl) },
    body: (live) =>
      html`<h1>The world outside the school</h1>
        <p class="lead">
          Schoolgate believes that this is the mobile network and the mail. What a school sends
          arrives here, on phones and in inboxes that exist only on this machine.
        </p>
        ${live['figures'] ?? ''}${live['latest'] ?? ''}
        <section aria-labelledby="sentinels">
          <h2 id="sentinels">Numbers and addresses that misbehave</h2>
          <p>
            Send to one of these to see how Schoolgate copes. Any other number or address simply
            works. To make a whole provider fail, see <a href="/faults">Faults</a>.
          </p>
          ${sentinelList()}
        </section>`,
  })
}

function figures(sandbox: Sandbox): Html {
  const { accepted, seenMoreThanOnce, receiptsPending } = sandbox.log.summary()
  const figure = (count: number, words: string) =>
    html`<div>
      <dt>${words}</dt>
      <dd>${count.toLocaleString('en-GB')}</dd>
    </div>`
  return html`<dl class="figures">
      ${figure(accepted, 'messages accepted')}
      ${figure(seenMoreThanOnce, 'references seen more than once')}
      ${figure(receiptsPending, 'receipts waiting')}
    </dl>
    <ul class="providers">
      ${providers.map((provider) => {
        const list = troubles(sandbox.faults.of(provider))
        return html`<li>
          <strong>${providerNames[provider]}</strong>
          <span class="status ${list.length === 0 ? 'good' : 'bad'}"
            >${list.length === 0 ? 'Works' : list.join(', ')}</span
          >
        </li>`
      })}
    </ul>`
}

function latest(people: People, schoolgate: string): Html {
  const phones = people.list('sms', '', 1, LATEST_ROWS)
  const inboxes = people.list('email', '', 1, LATEST_ROWS)
  if (phones.length + inboxes.length === 0)
    return empty(
      'Nothing has been sent yet',
      html`<a href="${schoolgate}">Sign in to Schoolgate</a>, choose some pupils and send their
        parents a text. It appears here within a second or two.`,
    )
  return html`<div class="columns">
    <section>
      <h2><a href="/phones">Latest phones</a></h2>
      ${phones.length === 0 ? html`<p>No texts yet.</p>` : holderList('phones', phones)}
    </section>
    <section>
      <h2><a href="/inboxes">Latest inboxes</a></h2>
      ${inboxes.length === 0 ? html`<p>No e-mails yet.</p>` : holderList('inboxes', inboxes)}
    </section>
  </div>`
}

function sentinelList(): Html {
  const numbers: Partial<Record<Behaviour, string>> = sentinelNumbers
  const addresses: Partial<Record<Behaviour, string>> = sentinelAddresses
  return html`<ul class="sentinels">
    ${(Object.keys(behaviours) as Behaviour[]).map(
      (behaviour) =>
        html`<li>
          <span>${behaviours[behaviour]}</span> ${link('phones', numbers[behaviour])}
          ${link('inboxes', addresses[behaviour])}
        </li>`,
    )}
  </ul>`
}

const link = (kind: 'phones' | 'inboxes', recipient: string | undefined): Html =>
  recipient === undefined
    ? html``
    : html`<a class="${kind}" href="/${kind}/${recipient}"
        >${kind === 'phones' ? spoken(recipient) : recipient}</a
      >`
