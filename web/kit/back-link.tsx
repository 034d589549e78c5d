/** One step back in a journey of several pages. Goes before the main content (`Layout`'s `before`). */
export const BackLink = (props: { href: string; text?: string | undefined }) => (
  <nav aria-label="Back">
    <a class="govuk-back-link" href={props.href}>
      {props.text ?? 'Back'}
    </a>
  </nav>
)
