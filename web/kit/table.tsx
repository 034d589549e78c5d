import type { Child } from 'hono/jsx'

export type Column<Row> = {
  head: string
  cell: (row: Row) => Child
  numeric?: boolean | undefined
  /** The cell that names the row; the first column unless another says so. */
  isRowHeader?: boolean | undefined
  headHidden?: boolean | undefined
}

export type TableProps<Row> = {
  caption: string
  captionSize?: 's' | 'm' | 'l' | undefined
  captionHidden?: boolean | undefined
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** On a phone each row becomes a card, or the table scrolls sideways in a labelled region. */
  narrow?: 'cards' | 'scroll' | undefined
  /** Shown instead of a table without rows. */
  empty?: Child | undefined
  id?: string | undefined
}

/** A table that stays a table for a screen reader even where CSS shows its rows as cards: hence the roles. */
export const Table = <Row,>(props: TableProps<Row>) => {
  if (props.rows.length === 0 && props.empty !== undefined) return <>{props.empty}</>

  const table = (
    <table class={`govuk-table sg-table--${props.narrow ?? 'cards'}`} role="table" id={props.id}>
      <caption class={captionClass(props)}>{props.caption}</caption>
      <thead class="govuk-table__head" role="rowgroup">
        <tr class="govuk-table__row" role="row">
          {props.columns.map((column) => (
            <Head column={column} />
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body" role="rowgroup">
        {props.rows.map((row) => (
          <tr class="govuk-table__row" role="row">
            {props.columns.map((column, index) => (
              <Cell column={column} row={row} isRowHeader={namesRow(props.columns, index)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  if (props.narrow !== 'scroll') return table

  return (
    <div class="sg-scroll" role="region" aria-label={props.caption} tabindex={0}>
      {table}
    </div>
  )
}

const Head = <Row,>(props: { column: Column<Row> }) => (
  <th scope="col" role="columnheader" class={numeric('govuk-table__header', props.column)}>
    {props.column.headHidden ? (
      <span class="govuk-visually-hidden">{props.column.head}</span>
    ) : (
      props.column.head
    )}
  </th>
)

const Cell = <Row,>(props: { column: Column<Row>; row: Row; isRowHeader: boolean }) => {
  const { column, row } = props
  const label = column.headHidden ? undefined : column.head
  return props.isRowHeader ? (
    <th scope="row" role="rowheader" class={numeric('govuk-table__header', column)}>
      {column.cell(row)}
    </th>
  ) : (
    <td role="cell" class={numeric('govuk-table__cell', column)} data-label={label}>
      <span class="sg-table__value">{column.cell(row)}</span>
    </td>
  )
}

const namesRow = <Row,>(columns: readonly Column<Row>[], index: number): boolean =>
  columns.some((column) => column.isRowHeader) ? columns[index]?.isRowHeader === true : index === 0

const numeric = <Row,>(block: string, column: Column<Row>): string =>
  column.numeric ? `${block} ${block}--numeric` : block

const captionClass = <Row,>(props: TableProps<Row>): string =>
  props.captionHidden
    ? 'govuk-table__caption govuk-visually-hidden'
    : `govuk-table__caption govuk-table__caption--${props.captionSize ?? 'm'}`
