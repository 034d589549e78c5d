export type FormError = {
  /** The field's name; the link goes to its id. Left out for an error that belongs to no field. */
  field?: string | undefined
  message: string
}

/** A list in the page's order, or a sentence by field name, where `form` is no field. */
export type FormErrors = readonly FormError[] | Readonly<Record<string, string>>

/** All errors of a form at its top, each a link to its field. Nothing at all when there are none. */
export const ErrorSummary = (props: { errors: FormErrors; title?: string | undefined }) => {
  const errors = listed(props.errors)
  if (errors.length === 0) return null

  return (
    <div class="govuk-error-summary" data-module="govuk-error-summary">
      <div role="alert">
        <h2 class="govuk-error-summary__title">{props.title ?? 'There is a problem'}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map((error) => (
              <li>
                {error.field ? <a href={`#${error.field}`}>{error.message}</a> : error.message}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}

const listed = (errors: FormErrors): readonly FormError[] =>
  Array.isArray(errors)
    ? errors
    : Object.entries(errors).map(([field, message]) =>
        field === 'form' ? { message } : { field, message },
      )
