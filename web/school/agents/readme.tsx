import type { Child } from 'hono/jsx'
import { PageHeading, Table } from '../../kit/index.ts'

/**
 * Shows the agent's README, which is written for a plain text window as well: headings, paragraphs, lists, tables,
 * `code` and **words on the screen** are all that it may use of Markdown.
 */
export const Readme = ({ text }: { text: string }) => <>{blocksOf(text).map(show)}</>

type Block = { kind: Kind; lines: readonly string[]; heading: string }

/** Parted by empty lines; with the heading above each, which names a table. */
export function blocksOf(text: string): Block[] {
  let heading = ''
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      const lines = block.split('\n')
      const [first = ''] = lines
      if (first.startsWith('#')) heading = first.replace(/^#+ /, '')
      return { kind: kindOf(first), lines, heading }
    })
}

const starts = {
  title: /^# /,
  heading: /^## /,
  list: /^- /,
  steps: /^\d+\. /,
  table: /^\|/,
  paragraph: /^/,
}

type Kind = keyof typeof starts

const kindOf = (first: string): Kind =>
  (Object.keys(starts) as Kind[]).find((kind) => starts[kind].test(first)) ?? 'paragraph'

function show({ kind, lines, heading }: Block): Child {
  switch (kind) {
    case 'title':
      return <PageHeading>{heading}</PageHeading>
    case 'heading':
      return <h2 class="govuk-heading-m">{heading}</h2>
    case 'list':
      return <ul class="govuk-list govuk-list--bullet">{items(lines, starts.list)}</ul>
    case 'steps':
      return <ol class="govuk-list govuk-list--number">{items(lines, starts.steps)}</ol>
    case 'table':
      return <Rows lines={lines} heading={heading} />
    case 'paragraph':
      return <p class="govuk-body">{withCode(lines.join(' '))}</p>
  }
}

/** An item goes on in lines that are set in. */
function items(lines: readonly string[], start: RegExp): Child[] {
  const texts: string[] = []
  for (const line of lines) {
    if (start.test(line)) texts.push(line.replace(start, ''))
    else texts.push(`${texts.pop() ?? ''} ${line.trim()}`)
  }
  return texts.map((text) => <li>{withCode(text)}</li>)
}

function Rows({ lines, heading }: { lines: readonly string[]; heading: string }) {
  const [heads = [], , ...rows] = lines.map(cellsOf)
  return (
    <Table
      caption={heading}
      captionHidden
      columns={heads.map((head, index) => ({
        head: head.replaceAll('`', ''),
        cell: (row: string[]) => withCode(row[index] ?? ''),
      }))}
      rows={rows}
    />
  )
}

const cellsOf = (line: string): string[] =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())

/** What stands between `backticks` is typed; what stands between **stars** is on the screen. */
const withCode = (text: string): Child[] =>
  text
    .split('`')
    .map((part, index) =>
      index % 2 === 1 ? (
        <code class="sg-typed">{part}</code>
      ) : (
        part.split('**').map((words, at) => (at % 2 === 1 ? <strong>{words}</strong> : words))
      ),
    )
