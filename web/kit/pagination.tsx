export type PaginationProps = {
  /** From 1. */
  page: number
  pages: number
  href: (page: number) => string
  /** What is paged, for the landmark's name: "pupils". */
  of?: string | undefined
}

/** Links to the other pages of a long list. Nothing when there is one page only. */
export const Pagination = (props: PaginationProps) =>
  props.pages <= 1 ? null : (
    <nav class="govuk-pagination" aria-label={props.of ? `Pages of ${props.of}` : 'Pages'}>
      {props.page > 1 && (
        <div class="govuk-pagination__prev">
          <a class="govuk-link govuk-pagination__link" href={props.href(props.page - 1)} rel="prev">
            <Arrow to="prev" />
            <span class="govuk-pagination__link-title">
              Previous<span class="govuk-visually-hidden"> page</span>
            </span>
          </a>
        </div>
      )}
      <ul class="govuk-pagination__list">
        {shownPages(props.page, props.pages).map((page) => (
          <PageItem page={page} {...{ props }} />
        ))}
      </ul>
      {props.page < props.pages && (
        <div class="govuk-pagination__next">
          <a class="govuk-link govuk-pagination__link" href={props.href(props.page + 1)} rel="next">
            <span class="govuk-pagination__link-title">
              Next<span class="govuk-visually-hidden"> page</span>
            </span>
            <Arrow to="next" />
          </a>
        </div>
      )}
    </nav>
  )

/** First, last, the current page and its neighbours; a gap where pages are left out. */
export function shownPages(page: number, pages: number): (number | 'gap')[] {
  const near = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages)
  const wanted = [...new Set(near)].sort((a, b) => a - b)
  return wanted.flatMap((n, index) => {
    const before = wanted[index - 1]
    if (before === undefined || n - before === 1) return [n]
    return n - before === 2 ? [n - 1, n] : ['gap' as const, n]
  })
}

const PageItem = ({ page, props }: { page: number | 'gap'; props: PaginationProps }) => {
  if (page === 'gap')
    return <li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>

  const isCurrent = page === props.page
  return (
    <li
      class={
        isCurrent
          ? 'govuk-pagination__item govuk-pagination__item--current'
          : 'govuk-pagination__item'
      }
    >
      <a
        class="govuk-link govuk-pagination__link"
        href={props.href(page)}
        aria-label={`Page ${page}`}
        aria-current={isCurrent ? 'page' : undefined}
      >
        {page}
      </a>
    </li>
  )
}

const Arrow = (props: { to: 'prev' | 'next' }) => (
  <svg
    class={`govuk-pagination__icon govuk-pagination__icon--${props.to}`}
    xmlns="http://www.w3.org/2000/svg"
    height="13"
    width="15"
    viewBox="0 0 15 13"
    aria-hidden="true"
    focusable="false"
  >
    <path d={arrows[props.to]}></path>
  </svg>
)

const arrows = {
  prev: 'm6.6 0-6.7 6.7 6.7 6.4 1.4-1.4-4.2-4h12.9v-2h-13l4.3-4.3-1.4-1.4z',
  next: 'm8.1 0-1.4 1.4 4.3 4.3h-13v2h12.9l-4.2 4 1.4 1.4 6.7-6.4-6.7-6.7z',
}
