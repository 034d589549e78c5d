import type { Child, PropsWithChildren } from 'hono/jsx'

import { Button } from './button.tsx'
import { Hidden, type HiddenFields } from './form.tsx'

export type Chosen = { text: string; name: string; value: string }

/** A filter beside a list; on a phone it folds above it. */
export const FilterLayout = (props: PropsWithChildren<{ filter: Child }>) => (
  <div class="sg-filter-layout">
    <div class="sg-filter-layout__filter">{props.filter}</div>
    <div class="sg-filter-layout__content">{props.children}</div>
  </div>
)

/**
 * The fields that narrow a list, and what is chosen now. Each chosen value is a button that posts
 * `remove=<name>:<value>`; the page answers with the list without it.
 */
export const Filter = (
  props: PropsWithChildren<{
    action?: string | undefined
    method?: 'post' | 'get' | undefined
    heading?: string | undefined
    chosen?: readonly Chosen[] | undefined
    clearHref?: string | undefined
    hidden?: HiddenFields | undefined
  }>,
) => (
  <details class="sg-filter" open data-island="fold-when-narrow">
    <summary class="sg-filter__header">
      <h2 class="govuk-heading-m">{props.heading ?? 'Filter'}</h2>
    </summary>
    <form action={props.action} method={props.method ?? 'post'} novalidate>
      <Hidden fields={props.hidden} />
      {props.chosen && props.chosen.length > 0 && (
        <ChosenNow chosen={props.chosen} clearHref={props.clearHref} />
      )}
      <div class="sg-filter__options">
        {props.children}
        <Button>Apply</Button>
      </div>
    </form>
  </details>
)

const ChosenNow = (props: { chosen: readonly Chosen[]; clearHref?: string | undefined }) => (
  <div class="sg-filter__chosen">
    <h3 class="govuk-heading-s">Chosen</h3>
    {props.clearHref && (
      <p>
        <a class="govuk-link" href={props.clearHref}>
          Clear the filter
        </a>
      </p>
    )}
    <ul class="sg-filter__tags">
      {props.chosen.map((chosen) => (
        <li>
          <button class="sg-filter__tag" name="remove" value={`${chosen.name}:${chosen.value}`}>
            <span class="govuk-visually-hidden">Remove </span>
            {chosen.text}
            <span aria-hidden="true"> ×</span>
          </button>
        </li>
      ))}
    </ul>
  </div>
)
