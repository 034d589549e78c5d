import type { Child } from 'hono/jsx'

export type ThreadItem = {
  id: string
  direction: 'sent' | 'received'
  who: string
  text: string
  /** When, for people; `at` is the same for machines (ISO 8601). */
  when: string
  at: string
  status?: Child | undefined
}

/** A conversation with one contact, oldest first. The school's own words stand on the right. */
export const Thread = (props: { label: string; items: readonly ThreadItem[] }) => (
  <div class="moj-messages-container sg-thread">
    <ol class="moj-message-list" aria-label={props.label}>
      {props.items.map((item) => (
        <li
          id={`message-${item.id}`}
          class={`moj-message-item moj-message-item--${item.direction}`}
        >
          <div class={`moj-message-item__text moj-message-item__text--${item.direction} sg-typed`}>
            {item.text}
          </div>
          <div class="moj-message-item__meta">
            <span class="moj-message-item__meta--sender">{item.who}</span>
            {', '}
            <time class="moj-message-item__meta--timestamp" datetime={item.at}>
              {item.when}
            </time>
            {item.status && <span class="sg-thread__status"> {item.status}</span>}
          </div>
        </li>
      ))}
    </ol>
  </div>
)
