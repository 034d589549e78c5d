import type { PropsWithChildren } from 'hono/jsx'

export type Tone = 'grey' | 'blue' | 'teal' | 'green' | 'yellow' | 'orange' | 'red' | 'purple'

/** A status in a few words. The colour helps; the words alone must say it (WCAG 1.4.1). */
export const Tag = (props: PropsWithChildren<{ tone?: Tone }>) => (
  <strong class={`govuk-tag govuk-tag--${props.tone ?? 'grey'}`}>{props.children}</strong>
)
