import type { Child } from 'hono/jsx'

export type SummaryRow = {
  key: string
  value: Child
  /** `hidden` completes the link for people who hear it out of its row: "Change" + "the pupils". */
  action?: { text: string; href: string; hidden: string } | undefined
}

/** Facts about one thing, or the answers to check before going on. With a `title` it is a card. */
export const SummaryList = (props: {
  rows: readonly SummaryRow[]
  title?: string | undefined
  narrowKey?: boolean | undefined
}) => {
  const anyActions = props.rows.some((row) => row.action)
  const list = (
    <dl
      class={
        props.narrowKey ? 'govuk-summary-list sg-summary-list--narrow-key' : 'govuk-summary-list'
      }
    >
      {props.rows.map((row) => (
        <Row row={row} anyActions={anyActions} />
      ))}
    </dl>
  )
  if (props.title === undefined) return list

  return (
    <div class="govuk-summary-card">
      <div class="govuk-summary-card__title-wrapper">
        <h2 class="govuk-summary-card__title">{props.title}</h2>
      </div>
      <div class="govuk-summary-card__content">{list}</div>
    </div>
  )
}

const Row = (props: { row: SummaryRow; anyActions: boolean }) => {
  const { key, value, action } = props.row
  const withoutAction = props.anyActions && !action ? ' govuk-summary-list__row--no-actions' : ''
  return (
    <div class={`govuk-summary-list__row${withoutAction}`}>
      <dt class="govuk-summary-list__key">{key}</dt>
      <dd class="govuk-summary-list__value">{value}</dd>
      {action && (
        <dd class="govuk-summary-list__actions">
          <a class="govuk-link" href={action.href}>
            {action.text}
            <span class="govuk-visually-hidden"> {action.hidden}</span>
          </a>
        </dd>
      )}
    </div>
  )
}
