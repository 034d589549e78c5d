import type { Child, PropsWithChildren } from 'hono/jsx'

import { Hidden, type HiddenFields } from './form.tsx'

export type SearchProps = PropsWithChildren<{
  action: string
  label: string
  results: string
  name?: string | undefined
  value?: string | undefined
  hint?: Child | undefined
  hidden?: HiddenFields | undefined
}>

/**
 * A search box above its results. Posts, because names must not stand in URLs. With scripts the results follow the
 * typing: the same form is posted with `X-Fragment: results` and the answer (a `SearchResults`) replaces the element
 * named by `results`.
 */
export const Search = (props: SearchProps) => {
  const id = props.name ?? 'q'
  return (
    <search>
      <form
        class="sg-search"
        action={props.action}
        method="post"
        data-island="search-as-you-type"
        data-results={props.results}
      >
        <Hidden fields={props.hidden} />
        <div class="govuk-form-group sg-search__group">
          <label class="govuk-label govuk-label--s" for={id}>
            {props.label}
          </label>
          {props.hint && (
            <div class="govuk-hint" id={`${id}-hint`}>
              {props.hint}
            </div>
          )}
          <div class="sg-search__row">
            <input
              class="govuk-input sg-search__input"
              id={id}
              name={id}
              type="search"
              value={props.value}
              autocomplete="off"
              spellcheck={false}
              aria-describedby={props.hint ? `${id}-hint` : undefined}
            />
            <button class="govuk-button sg-search__button" type="submit">
              Search
            </button>
          </div>
        </div>
        {props.children}
        <p class="govuk-visually-hidden" role="status" data-status></p>
      </form>
    </search>
  )
}

/** What a search found; `announce` ("12 pupils found") is read out when it arrives while typing. */
export const SearchResults = (props: PropsWithChildren<{ id: string; announce: string }>) => (
  <div id={props.id} data-announce={props.announce}>
    {props.children}
  </div>
)
