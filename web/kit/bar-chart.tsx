import { Table } from './table.tsx'

export type Bar = { label: string; value: number; text?: string | undefined }

/** A small plot of a few numbers, with the table that says the same for everyone beside it. */
export const BarChart = (props: {
  caption: string
  /** Heads of the table's two columns: what the bars are, and what is counted. */
  heads: readonly [string, string]
  bars: readonly Bar[]
}) => (
  <div class="sg-chart">
    <Plot bars={props.bars} />
    <Table
      caption={props.caption}
      captionSize="s"
      rows={props.bars}
      narrow="scroll"
      columns={[
        { head: props.heads[0], cell: (bar) => bar.label },
        { head: props.heads[1], cell: (bar) => bar.text ?? String(bar.value), numeric: true },
      ]}
    />
  </div>
)

const slot = 92
const height = 230
const floor = height - 24

const Plot = (props: { bars: readonly Bar[] }) => {
  const most = Math.max(...props.bars.map((bar) => bar.value), 1)
  const width = Math.max(props.bars.length, 1) * slot
  return (
    <svg
      class="sg-chart__plot"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      {props.bars.map((bar, index) => {
        const tall = Math.round((bar.value / most) * (floor - 24))
        const middle = index * slot + slot / 2
        return (
          <>
            <rect
              class="sg-fill--brand"
              x={index * slot + 14}
              y={floor - tall}
              width={slot - 28}
              height={tall}
            />
            <text class="sg-chart__value" x={middle} y={floor - tall - 6} text-anchor="middle">
              {bar.value}
            </text>
            <text class="sg-chart__label" x={middle} y={height - 6} text-anchor="middle">
              {short(bar.label)}
            </text>
          </>
        )
      })}
      <line class="sg-chart__axis" x1="0" x2={width} y1={floor} y2={floor} />
    </svg>
  )
}

// The whole label stands in the table; under a bar there is room for this many letters.
const labelLetters = 12
const short = (label: string): string =>
  label.length > labelLetters ? `${label.slice(0, labelLetters - 1)}…` : label
