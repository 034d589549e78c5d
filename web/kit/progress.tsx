import type { Child, PropsWithChildren } from 'hono/jsx'

import type { Tone } from './tag.tsx'

/** How far something has got: a bar, and the same in words beside it. */
export const Progress = (props: {
  id: string
  label: string
  value: number
  max: number
  text?: Child | undefined
}) => (
  <div class="sg-progress">
    <label class="sg-progress__label" for={props.id}>
      {props.label}
    </label>
    <progress
      class="sg-progress__bar"
      id={props.id}
      value={props.value}
      max={Math.max(props.max, 1)}
    >
      {props.value} of {props.max}
    </progress>
    <span class="sg-progress__text">{props.text ?? `${props.value} of ${props.max}`}</span>
  </div>
)

export type Share = { words: string; count: number; tone: Tone }

/** One bar made of several outcomes, with a key that says the same in numbers and words. */
export const StackedProgress = (props: { label: string; shares: readonly Share[] }) => {
  const total = Math.max(
    props.shares.reduce((sum, share) => sum + share.count, 0),
    1,
  )
  const startOf = (index: number): number =>
    props.shares.slice(0, index).reduce((sum, share) => sum + share.count, 0)
  return (
    <div class="sg-shares">
      <svg class="sg-shares__bar" width="100%" height="20" aria-hidden="true" focusable="false">
        <rect class="sg-fill--empty" width="100%" height="20" />
        {props.shares.map((share, index) => (
          <rect
            class={`sg-fill--${share.tone}`}
            x={`${percent(startOf(index), total)}%`}
            width={`${percent(share.count, total)}%`}
            height="20"
          />
        ))}
      </svg>
      <ul class="sg-shares__key" aria-label={props.label}>
        {props.shares.map((share) => (
          <li>
            <svg
              class="sg-shares__swatch"
              width="14"
              height="14"
              aria-hidden="true"
              focusable="false"
            >
              <rect class={`sg-fill--${share.tone}`} width="14" height="14" />
            </svg>
            <strong>{share.count}</strong> {share.words}
          </li>
        ))}
      </ul>
    </div>
  )
}

/**
 * Content that renews itself while something is under way. The fragment at `url` (asked for with
 * `X-Fragment: progress`) is another `LiveProgress` body; when `finished` the asking stops.
 * Without scripts the page says how to see more.
 */
export const LiveProgress = (
  props: PropsWithChildren<{
    id: string
    url: string
    everyMs?: number | undefined
    finished?: boolean | undefined
    /** The news in one sentence, read out when it changes. */
    announce: string
  }>,
) => (
  <div
    id={props.id}
    data-island="live-progress"
    data-url={props.url}
    data-every-ms={props.everyMs ?? 2000}
  >
    <LiveFragment finished={props.finished} announce={props.announce}>
      {props.children}
    </LiveFragment>
  </div>
)

/** What the server answers to `X-Fragment: progress`. */
export const LiveFragment = (
  props: PropsWithChildren<{ finished?: boolean | undefined; announce: string }>,
) => (
  <div data-announce={props.announce} data-finished={props.finished ? 'true' : undefined}>
    {props.children}
    {!props.finished && (
      <noscript>
        <p class="govuk-body">Reload this page to see how far it has got.</p>
      </noscript>
    )}
  </div>
)

const percent = (part: number, total: number): number => Math.round((part / total) * 10_000) / 100
