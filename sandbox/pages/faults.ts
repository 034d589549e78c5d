import type { Context } from 'hono'
import { html } from 'hono/html'
import {
  faultRanges,
  numberFaults,
  switchFaults,
  type Faults,
  type NumberFault,
  type SwitchFault,
} from '../faults.ts'
import type { Sandbox } from '../sandbox.ts'
import { providers, type Provider } from '../vocabulary.ts'
import { answerPage, type Html } from './page.ts'
import { providerNames } from './words.ts'

/** A form that could not be taken: what was typed, and what is wrong with it. */
export type Mistyped = {
  provider: Provider
  form: Record<string, unknown>
  field: string
  problem: string
}

/** How each provider misbehaves, with a form each to change it. */
export function faultsPage(c: Context, sandbox: Sandbox, mistyped?: Mistyped) {
  const changed = providers.find((provider) => provider === c.req.query('changed'))
  return answerPage(c, sandbox, {
    title: mistyped === undefined ? 'Faults' : 'Error: Faults',
    section: 'faults',
    status: mistyped === undefined ? 200 : 422,
    live: {},
    body: () =>
      html`<h1>Faults</h1>
        <p class="lead">
          Make a provider slow, unreliable or silent, and watch what Schoolgate does about it. A
          change holds for what is sent from then on.
        </p>
        ${
          changed === undefined
            ? ''
            : html`<p class="done" role="status">
                <strong>${providerNames[changed]}</strong> has changed.
              </p>`
        }
        ${mistyped === undefined ? '' : summary(mistyped)}
        <div class="cards">
          ${providers.map((provider) => card(provider, sandbox.faults.of(provider), mistyped))}
        </div>
        <form method="post" action="/faults/defaults">
          <button class="plain">Put all three right again</button>
        </form>`,
  })
}

/** What is wrong with a provider at present, in words; empty where it simply works. */
export function troubles(faults: Faults): string[] {
  const list: string[] = []
  if (faults.down) list.push('down')
  if (faults.latencyMs > 0) list.push(`slow by ${faults.latencyMs.toLocaleString('en-GB')} ms`)
  if (faults.failPercent > 0) list.push(`${faults.failPercent}% unavailable`)
  if (faults.dropPercent > 0) list.push(`${faults.dropPercent}% cut off`)
  if (faults.throttlePerSecond > 0) list.push(`throttled to ${faults.throttlePerSecond} a second`)
  if (faults.noReceipts) list.push('no receipts')
  if (faults.doubleReceipts) list.push('receipts doubled')
  if (faults.shuffleReceipts) list.push('receipts shuffled')
  return list
}

const numberWords: Record<NumberFault, [label: string, unit: string]> = {
  latencyMs: ['Answers after', 'milliseconds'],
  failPercent: ['Answers “unavailable” to', '% of messages'],
  dropPercent: ['Takes the message but cuts the connection for', '% of messages'],
  throttlePerSecond: ['Takes at most', 'a second (0: no limit)'],
  receiptDelayMs: ['The last receipt comes after', 'milliseconds'],
}

const switchWords: Record<SwitchFault, string> = {
  down: 'Down: answers “unavailable” to everything',
  doubleReceipts: 'Receipts come twice',
  shuffleReceipts: 'Receipts come in any order',
  noReceipts: 'No receipts at all',
}

function card(provider: Provider, faults: Faults, mistyped: Mistyped | undefined): Html {
  const wrong = mistyped?.provider === provider ? mistyped : undefined
  const list = troubles(faults)
  return html`<form class="card" method="post" action="/faults" aria-labelledby="${provider}">
    <h2 id="${provider}">
      ${providerNames[provider]} <small>${provider === 'birch' ? 'e-mail' : 'SMS'}</small>
    </h2>
    <p>
      <span class="status ${list.length === 0 ? 'good' : 'bad'}"
        >${list.length === 0 ? 'Works' : list.join(', ')}</span
      >
    </p>
    <input type="hidden" name="provider" value="${provider}" />
    ${numberFaults.map((name) => numberField(provider, name, faults, wrong))}
    <fieldset>
      <legend>And</legend>
      ${switchFaults.map((name) => switchField(provider, name, faults, wrong))}
    </fieldset>
    <button>Change ${providerNames[provider]}</button>
  </form>`
}

function numberField(
  provider: Provider,
  name: NumberFault,
  faults: Faults,
  wrong?: Mistyped,
): Html {
  const [label, unit] = numberWords[name]
  const id = `${provider}-${name}`
  const isWrong = wrong?.field === name
  const value = wrong === undefined ? faults[name] : String(wrong.form[name] ?? '')
  return html`<div class="field">
    <label for="${id}">${label}</label>
    ${
      isWrong
        ? html`<p class="problem" id="${id}-problem">
            <span class="hidden">Error: </span>This ${wrong.problem}
          </p>`
        : ''
    }
    <div class="measure">
      <input
        id="${id}"
        name="${name}"
        inputmode="numeric"
        autocomplete="off"
        size="7"
        value="${value}"
        aria-describedby="${id}-unit${isWrong ? ` ${id}-problem` : ''}"
        ${isWrong ? html` aria-invalid="true"` : ''}
      /><span id="${id}-unit">${unit}</span>
    </div>
  </div>`
}

function switchField(
  provider: Provider,
  name: SwitchFault,
  faults: Faults,
  wrong?: Mistyped,
): Html {
  const id = `${provider}-${name}`
  const isOn = wrong === undefined ? faults[name] : wrong.form[name] !== undefined
  return html`<div class="tick">
    <input
      type="checkbox"
      id="${id}"
      name="${name}"
      value="yes"
      ${isOn ? html` checked` : ''}
    /><label for="${id}">${switchWords[name]}</label>
  </div>`
}

const summary = ({ provider, field, problem }: Mistyped): Html => {
  const label = numberWords[field as NumberFault]?.[0]
  const most = faultRanges[field as NumberFault]
  return html`<div class="problems" role="alert" tabindex="-1">
    <h2>There is a problem</h2>
    <p><a href="#${provider}-${field}">${providerNames[provider]}: “${label}” ${problem}</a></p>
    ${most === undefined ? '' : html`<p>Nothing was changed.</p>`}
  </div>`
}
