import type { PropsWithChildren } from 'hono/jsx'

export type StatProps = {
  count: number | string
  /** What is counted, agreeing with the number: "contacts to fix". */
  words: string
  href: string
  /** `attention` and `urgent` are for what waits for a person; nothing waiting is `calm`. */
  tone?: 'calm' | 'attention' | 'urgent' | undefined
  /** A second line: "the oldest since Monday". */
  note?: string | undefined
}

/** One number that may need somebody today; the whole card is the link. */
export const Stat = (props: StatProps) => (
  <li class={`sg-stat sg-stat--${props.tone ?? 'calm'}`}>
    <a class="sg-stat__link" href={props.href}>
      <span class="sg-stat__count">{props.count}</span>{' '}
      <span class="sg-stat__words">{props.words}</span>
    </a>
    {props.note && <span class="sg-stat__note">{props.note}</span>}
  </li>
)

/** Stats side by side under a heading that names the list. */
export const Stats = (props: PropsWithChildren<{ label: string }>) => (
  <ul class="sg-stats" aria-label={props.label}>
    {props.children}
  </ul>
)
