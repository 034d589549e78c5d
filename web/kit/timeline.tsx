import type { Child } from 'hono/jsx'

export type TimelineItem = {
  title: Child
  /** Who did it: "Mrs Okafor". */
  by?: string | undefined
  /** When, for people; `at` is the same for machines (ISO 8601). */
  when: string
  at: string
  description?: Child | undefined
}

/** What happened to one thing, newest first. */
export const Timeline = (props: {
  items: readonly TimelineItem[]
  headingLevel?: 2 | 3 | undefined
}) => (
  <ol class="moj-timeline sg-timeline">
    {props.items.map((item) => (
      <li class="moj-timeline__item">
        <div class="moj-timeline__header">
          {props.headingLevel === 3 ? (
            <h3 class="moj-timeline__title">{item.title}</h3>
          ) : (
            <h2 class="moj-timeline__title">{item.title}</h2>
          )}
          {item.by && <p class="moj-timeline__byline"> by {item.by}</p>}
        </div>
        <p class="moj-timeline__date">
          <time datetime={item.at}>{item.when}</time>
        </p>
        {item.description && <div class="moj-timeline__description">{item.description}</div>}
      </li>
    ))}
  </ol>
)
