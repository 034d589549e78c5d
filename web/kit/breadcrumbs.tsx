export type Crumb = { text: string; href?: string | undefined }

/** Where this page stands; the last crumb, without a link, is the page itself. */
export const Breadcrumbs = (props: { crumbs: readonly Crumb[] }) => (
  <nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile" aria-label="Breadcrumb">
    <ol class="govuk-breadcrumbs__list">
      {props.crumbs.map((crumb) => (
        <li class="govuk-breadcrumbs__list-item" aria-current={crumb.href ? undefined : 'page'}>
          {crumb.href ? (
            <a class="govuk-breadcrumbs__link" href={crumb.href}>
              {crumb.text}
            </a>
          ) : (
            crumb.text
          )}
        </li>
      ))}
    </ol>
  </nav>
)
